"""What one run of a check found, as a record that pytest's reports carry between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
import pytest

from grader.course.due_dates import due
from grader.records.verdict import CheckStatus

if TYPE_CHECKING:
    from grader.checks.check import Check
    from grader.checks.exercise import Exercise
    from grader.course.course import Section
    from grader.records.verdict import Verdict

MARKER: Final = ("gradbook", "check")
"""The first of a report's `user_properties`, if the report is about a check of ours."""


class CheckRecord(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of a check found, and what a summary needs to know about its exercise.

    pytest writes these fields into JUnit's XML as properties of the test case.

    Args:
        section: number and title of the section.
        book: the address of the section's page in the book; empty without one.
        due: when the section is due; empty without a deadline.
        file: path of the student's file.
        exercise: name of the exercise.
        line: where the checks file declares the exercise.
        worth: points of the exercise.
        checks: number of the exercise's checks that are no bonus.
        check: name of the check.
        root: name of the check that is the reason for this status: itself, or the one that blocks it.
        reason: why that check failed, in a few words.
        bonus: whether the check is a bonus.
        status: the verdict's status; `todo`: the exercise is still a stub; `fault`: the check itself failed.
        points: points that were reached.
        max_points: points that the check is worth.
        cause: equal for all checks that failed for one common reason; empty if there is no such reason.
        picture: path of the picture of the result; empty without one.

    """

    section: str
    book: str
    due: str
    file: str
    exercise: str
    line: int
    worth: float
    checks: int
    check: str
    root: str
    reason: str
    bonus: bool
    status: CheckStatus | Literal["todo", "fault"]
    points: float
    max_points: float
    cause: str
    picture: str = ""


def initial_record(section: Section, exercise: Exercise, check: Check) -> CheckRecord:
    """Return the record of a check that was not judged; it remains if the check itself fails."""
    return CheckRecord(
        section=f"{section.number} {section.title}",
        book=section.book,
        due=due(section.deadline),
        file=str(section.stub),
        exercise=exercise.name,
        line=exercise.line,
        worth=exercise.max_points,
        checks=len([one for one in exercise.checks if not one.bonus]),
        check=check.name,
        root=check.name,
        reason=check.name,
        bonus=check.bonus,
        status="fault",
        points=0.0,
        max_points=check.points,
        cause=f"{section.stub}::{exercise.name}::fault",
    )


def with_verdict(record: CheckRecord, verdict: Verdict) -> CheckRecord:
    """Return a check's record with the status and points of its verdict."""
    return msgspec.structs.replace(record, status=verdict.status, points=verdict.points, cause="")


def to_properties(record: CheckRecord) -> list[tuple[str, Any]]:
    """Return a record as `user_properties` of a pytest report, which pytest-xdist can serialize."""
    return [MARKER, *msgspec.structs.asdict(record).items()]


def from_report(report: pytest.TestReport | pytest.CollectReport) -> CheckRecord | None:
    """Return the record in a pytest report; None if it is about another test, or another phase."""
    if not isinstance(report, pytest.TestReport) or report.when != "call":
        return None
    properties = report.user_properties
    if not properties or tuple(properties[0]) != MARKER:
        return None
    return msgspec.convert(dict(properties[1:]), CheckRecord)
