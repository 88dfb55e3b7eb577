"""PrairieLearn's results of external grading: `prairielearn.json`, which becomes `results.json` there.

The format is that of https://prairielearn.readthedocs.io/en/latest/externalGrading/: a score from 0 to 1, at
most 1 MB, and `gradable: false` for what can't be read, which costs no attempt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.reporting.class_statistics import number
from grader.reporting.formats import FormatError
from grader.reporting.formats.plain_text import explained
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from grader.reporting.formats import Request, Results
    from grader.reporting.report import Report

FILE: Final = "prairielearn.json"
ONLY_ONE: Final = (
    "PrairieLearn takes one submission at a time. Name one PATH and add --single, or remove prairielearn "
    "from --format."
)
MOST_BYTES: Final = 1_000_000
LIMITS: Final = (50_000, 5_000, 1_000, 200, 0)
"""Characters to which messages are cut, one after the other, until the file is small enough."""
CUT: Final = "\n... (cut)"
UNREAD: Final = frozenset({"unreadable", "no_code", "wrong_assignment"})


def write(results: Results) -> None:
    """Write the results into the output folder. Raises `FormatError` and `OSError`.

    No file is written for a submission that was not graded: PrairieLearn then reports that grading failed.
    """
    if len(results.reports) != 1:
        raise FormatError(ONLY_ONE)
    (report,) = results.reports
    if report.status != "not_graded":
        write_whole(results.out / FILE, encoded(report))


def check(request: Request) -> None:
    """Raise `FormatError` if there may be several submissions."""
    if not request.is_single:
        raise FormatError(ONLY_ONE)


def encoded(report: Report) -> bytes:
    """Return the content of the file, with messages cut until it is small enough."""
    content = b""
    for limit in LIMITS:
        content = msgspec.json.encode(document(report, limit))
        if len(content) <= MOST_BYTES:
            break
    return content


def document(report: Report, limit: int) -> dict[str, Any]:
    """Return the results, with messages of at most so many characters."""
    if report.status in UNREAD:
        return {"gradable": False, "format_errors": [_cut(report.message, limit)]}
    points, maximum = report.points or 0.0, report.max_points or 0.0
    lines = [f"{number(points)} of {number(maximum)} points."]
    if report.provisional:
        lines.append("Provisional: some checks could not be judged. Their points are open, not lost.")
    if report.bonus:
        lines.append(f"Beyond the book: {number(report.bonus)}, not included in the score.")
    return {
        "gradable": True,
        "score": min(1.0, points / maximum) if maximum else 0.0,
        "message": "\n".join(lines),
        "tests": [
            {
                "name": f"{result.name}: {one.name}",
                "description": _cut(one.statement, limit),
                "points": one.points,
                "max_points": one.max_points,
                "message": "" if one.status == "passed" else _cut(explained(result, one), limit),
            }
            for result in report.exercises
            for one in result.checks
            if not one.bonus and one.status != "skipped"
        ],
    }


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit] + CUT
