"""Classroom 50's `result.json`, and `release-body.md` for people.

The format is that of https://github.com/foundation50/classroom50: `wiki/Advanced-Autograding.md`,
`schemas/result-v1.schema.json` and `validate_result` in `runner.py` (read at commits 0b4bcc00, 6e593c79 and
0c499034). Points are whole there: a point here is a hundred there.
"""

from __future__ import annotations

import math
import os
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.reporting.class_statistics import number
from grader.reporting.formats import FormatError
from grader.reporting.formats.plain_text import explained
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.records.verdict import Verdict
    from grader.reporting.formats import Request, Results
    from grader.reporting.report import Report

FILE: Final = "result.json"
BODY: Final = "release-body.md"
SCHEMA: Final = "classroom50/result/v1"
SCALE: Final = 100
ONLY_ONE: Final = (
    "Classroom 50 takes one submission at a time. Name one PATH and add --single, or remove classroom50 from "
    "--format."
)
REQUIRED: Final = ("CLASSROOM", "ASSIGNMENT", "SUBMISSION_TAG", "COMMIT_URL", "RELEASE_URL")
TAG: Final = re.compile(r"submit/(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z(?:-.*)?")
"""A submission's tag, which has its instant."""
MESSAGE: Final = 2_000
"""Characters of a message that are kept, as of the output of Classroom 50's own tests."""


def write(results: Results) -> None:
    """Write both files into the output folder. Raises `FormatError` and `OSError`.

    No file is written for a submission that was not graded: Classroom 50 then reports an error, not a score.
    """
    if len(results.reports) != 1:
        raise FormatError(ONLY_ONE)
    (report,) = results.reports
    if report.status == "not_graded":
        return
    made = document(report, os.environ)
    write_whole(results.out / FILE, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")
    write_whole(results.out / BODY, body(report, made).encode())


def check(request: Request) -> None:
    """Raise `FormatError` if there may be several submissions, or Classroom 50's runner says too little."""
    if not request.is_single:
        raise FormatError(ONLY_ONE)
    missing = [name for name in REQUIRED if not os.environ.get(name)]
    if missing:
        raise FormatError(
            f"--format classroom50 is for Classroom 50's runner: it sets {', '.join(missing)}, and nothing "
            "else does here."
        )
    submitted(os.environ["SUBMISSION_TAG"])


def submitted(tag: str) -> str:
    """Return the instant of a submission, the same whenever it is graded. Raises `FormatError`."""
    found = TAG.fullmatch(tag)
    if found is None:
        raise FormatError(
            f"SUBMISSION_TAG {tag!r} is no tag of a submission: submit/2026-06-01T14-32-05Z-a1b2c3d."
        )
    return f"{found[1]}T{found[2]}:{found[3]}:{found[4]}Z"


def document(report: Report, known: Mapping[str, str]) -> dict[str, Any]:
    """Return the content of `result.json`.

    Args:
        report: the report.
        known: what the runner says, as environment variables.

    """
    tests = _tests(report)
    return {
        "schema": SCHEMA,
        "classroom": known["CLASSROOM"],
        "assignment": known["ASSIGNMENT"],
        "assignment_type": known.get("ASSIGNMENT_TYPE") or "individual",
        "owner": known.get("OWNER") or known.get("USERNAME") or report.submission,
        "submission": known["SUBMISSION_TAG"],
        "commit": known["COMMIT_URL"],
        "release": known["RELEASE_URL"],
        "review": known.get("REVIEW_URL") or known["COMMIT_URL"],
        "datetime": submitted(known["SUBMISSION_TAG"]),
        "graded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }


def body(report: Report, made: Mapping[str, Any]) -> str:
    """Return the text of the release."""
    points, maximum = report.points or 0.0, report.max_points or 0.0
    scaled = f"they are multiplied by {SCALE}, {made['score']} of {made['max-score']}"
    lines = [f"### {number(points)} of {number(maximum)} points", ""]
    if report.message:
        lines += [report.message, ""]
    lines += [f"Classroom 50 has whole points only: {scaled}.", "", "| | |", "|---|---|"]
    lines += [
        f"| {test['test-name']} | {'passed' if test['passed'] else 'not passed'} |" for test in made["tests"]
    ]
    return "\n".join(lines) + "\n"


def _tests(report: Report) -> list[dict[str, Any]]:
    """Return a test for each check; the sum of the maxima is that of the points, scaled and rounded once."""
    checks = [
        (result, one)
        for result in report.exercises
        for one in result.checks
        if not one.bonus and one.status != "skipped"
    ]
    tests, sum_until, given = [], 0.0, 0
    for result, one in checks:
        sum_until += one.max_points
        maximum = _rounded(SCALE * sum_until) - given
        given += maximum
        test: dict[str, Any] = {
            "test-name": f"{result.name}: {one.name}",
            "passed": one.status == "passed",
            "score": _score(one, maximum),
            "max-score": maximum,
        }
        if one.status != "passed":
            test["message"] = explained(result, one)[:MESSAGE]
        tests.append(test)
    return tests


def _score(one: Verdict, maximum: int) -> int:
    """Return the whole points of a check: all of them if it has all of its points."""
    return _rounded(maximum * one.points / one.max_points) if one.max_points else 0


def _rounded(value: float) -> int:
    return math.floor(round(value, 6) + 0.5)
