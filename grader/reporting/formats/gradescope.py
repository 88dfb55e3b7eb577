"""Gradescope's `results.json`: a test for each check, with points, message and visibility.

The format is that of https://gradescope-autograders.readthedocs.io/en/latest/specs/, the metadata that of
https://gradescope-autograders.readthedocs.io/en/latest/submission_metadata/.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.reporting.class_statistics import number
from grader.reporting.formats import FormatError
from grader.reporting.formats.plain_text import explained, message_of
from grader.reporting.report import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.records.verdict import ExerciseResult
    from grader.reporting.formats import Request, Results
    from grader.reporting.report import Report

FILE: Final = "results.json"
ONLY_ONE: Final = (
    "Gradescope takes one submission at a time. Name one PATH and add --single, or remove gradescope from "
    "--format."
)
DAY: Final = timedelta(days=1)


class Dates(msgspec.Struct, frozen=True):
    """The due date of an assignment; a student with an extension has a later one."""

    due_date: datetime | None = None


class User(msgspec.Struct, frozen=True):
    """A student who handed in."""

    assignment: Dates | None = None


class EarlierSubmission(msgspec.Struct, frozen=True):
    """An earlier submission of the same student; Gradescope writes scores as numbers or as text."""

    score: float | str | None = None


class Metadata(msgspec.Struct, frozen=True):
    """Gradescope's metadata of a submission, as far as it is used here."""

    created_at: datetime | None = None
    assignment: Dates = msgspec.field(default_factory=Dates)
    users: tuple[User, ...] = ()
    previous_submissions: tuple[EarlierSubmission, ...] = ()

    @property
    def late_days(self) -> int:
        """Days between its students' due date and the submission, rounded up."""
        personal = [
            user.assignment.due_date for user in self.users if user.assignment and user.assignment.due_date
        ]
        due = max(personal, default=self.assignment.due_date)
        if due is None or self.created_at is None:
            return 0
        return max(0, math.ceil((self.created_at - due) / DAY))

    @property
    def earlier_scores(self) -> list[float]:
        """The scores of earlier submissions; those without a finite score are left out."""
        found = []
        for one in self.previous_submissions:
            try:
                found.append(float(one.score if one.score is not None else "nan"))
            except ValueError:
                continue
        return [score for score in found if math.isfinite(score)]


def write(results: Results) -> None:
    """Write `results.json` into the output folder. Raises `FormatError` and `OSError`.

    No file is written for a submission that was not graded: Gradescope then reports that the autograder
    failed, without a score.
    """
    if len(results.reports) != 1:
        raise FormatError(ONLY_ONE)
    (report,) = results.reports
    if report.status == "not_graded":
        return
    metadata = read(results.metadata) if results.metadata is not None else Metadata()
    made = document(report, metadata)
    write_whole(results.out / FILE, msgspec.json.format(msgspec.json.encode(made), indent=2) + b"\n")


def check(request: Request) -> None:
    """Raise `FormatError` if there may be several submissions, or the metadata can't be read."""
    if not request.is_single:
        raise FormatError(ONLY_ONE)
    if request.metadata is not None:
        read(request.metadata)


def read(path: Path) -> Metadata:
    """Read Gradescope's metadata. Raises `FormatError`."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Metadata)
    except OSError as error:
        raise FormatError(f"{str(path)!r} can't be read: {error.strerror}.") from error
    except msgspec.MsgspecError as error:
        raise FormatError(f"{str(path)!r} is not a metadata file of Gradescope: {error}.") from error


def document(report: Report, metadata: Metadata) -> dict[str, Any]:
    """Return the content of `results.json`."""
    sections = groupby(report.exercises, lambda result: (result.section, result.module))
    tests = [
        test
        for (section, _module), results in sections
        for position, result in enumerate(results, start=1)
        for test in _tests(result, f"{section}.{position}")
    ]
    return {
        "score": report.points,
        "output": _about(report, metadata),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
        "extra_data": {
            "status": report.status,
            "provisional": report.provisional,
            "bonus": report.bonus,
            "max_points": report.max_points,
            "late_days": metadata.late_days,
            "misconceptions": {
                result.name: result.misconception.id for result in report.exercises if result.misconception
            },
            "versions": msgspec.to_builtins(report.versions),
            "sandbox": report.sandbox,
        },
    }


def _about(report: Report, metadata: Metadata) -> str:
    lines = [report.message] if report.message else []
    if report.points is not None and report.max_points is not None:
        lines.append(f"{number(report.points)} of {number(report.max_points)} points.")
    if report.provisional:
        lines.append("Provisional: some checks could not be judged. Their points are open, not lost.")
    if report.bonus:
        lines.append(f"Beyond the book: {number(report.bonus)}, not included in the score.")
    if metadata.late_days:
        lines.append(f"Handed in {metadata.late_days} day{'' if metadata.late_days == 1 else 's'} late.")
    if metadata.earlier_scores:
        best = number(max(metadata.earlier_scores))
        lines.append(f"Earlier submissions: {len(metadata.earlier_scores)}, the best with {best} points.")
    return "\n".join(lines)


def _tests(result: ExerciseResult, prefix: str) -> Iterator[dict[str, Any]]:
    for position, check in enumerate(result.checks, start=1):
        passed = check.status == "passed"
        output = explained(result, check) if not passed else message_of(check)
        test: dict[str, Any] = {
            "number": f"{prefix}.{position}",
            "name": f"{result.name}: {check.name}" + (" (beyond the book)" if check.bonus else ""),
            "status": "passed" if passed else "failed",
            "output": output,
            "visibility": "visible",
        }
        if not check.bonus and check.status != "skipped":
            test |= {"score": check.points, "max_score": check.max_points}
        yield test
