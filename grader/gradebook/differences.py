"""What a regrading changes, between two reports on the same submission: exercises, checks, points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from grader.gradebook.events import exercise_key
from grader.reporting.report import total

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from grader.records.verdict import ExerciseResult
    from grader.reporting.report import Report

Policy = Literal["all", "never-lower"]


class CheckDifference(msgspec.Struct, frozen=True):
    """A check with another result than before.

    Args:
        name: the check.
        before: its status until now; "" if there was no such check.
        after: its status now; "" if it is gone.
        counterexample: the call that breaks it, in the report in which it fails.
        message: what is wrong, in the same report.

    """

    name: str
    before: str
    after: str
    counterexample: str = ""
    message: str = ""


class ExerciseDifference(msgspec.Struct, frozen=True):
    """An exercise with other points, or with other results of checks.

    Args:
        exercise: `module.name`.
        before: the points until now.
        after: the points now.
        checks: the checks that differ.

    """

    exercise: str
    before: float
    after: float
    checks: tuple[CheckDifference, ...]


class Difference(msgspec.Struct, frozen=True):
    """What changes for an attempt of a student.

    Args:
        student: the name of the student's row and folder.
        before: the points until now.
        after: the points now.
        exercises: the exercises that differ.
        exam: the number of the attempt's exam; 0 if it is not known.
        is_counting: whether it is the attempt that counts.

    """

    student: str
    before: float
    after: float
    exercises: tuple[ExerciseDifference, ...]
    exam: int = 0
    is_counting: bool = True

    @property
    def called(self) -> str:
        """The student, and which attempt it is if it doesn't count."""
        return called(self.student, self.exam, is_counting=self.is_counting)

    @property
    def gain(self) -> float:
        """The points won; negative if points are lost."""
        return round(self.after - self.before, 6)


def called(student: str, exam: int, *, is_counting: bool) -> str:
    """Return what an attempt is called: the student's name, with its number if it doesn't count."""
    return student if is_counting else f"{student} (attempt {exam})"


def difference(before: Report, after: Report, *, is_counting: bool = True) -> Difference:
    """Return what changes from one report to the other on the same attempt."""
    old = {_key(result): result for result in before.exercises}
    new = {_key(result): result for result in after.exercises}
    found = [_between(key, old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]
    changed = tuple(one for one in found if one.before != one.after or one.checks)
    return Difference(
        before.submission, before.points or 0.0, after.points or 0.0, changed, after.exam, is_counting
    )


def combined(before: Report, after: Report, policy: Policy, only: Collection[str] = ()) -> Report:
    """Return the report that a regrading leads to.

    Args:
        before: the report that counts until now.
        after: what grading anew gave.
        policy: `all`: what was found now; `never-lower`: of each exercise, the result with more points.
        only: the names of the exercises that may change; empty: all.

    """
    old = {_key(result): result for result in before.exercises}
    asked = before.settings.only
    new = {_key(result): result for result in after.exercises if not asked or result.name in asked}
    keys = list(old) if only else list(new)
    results = []
    for key in keys:
        fresh, kept = new.get(key), old.get(key)
        may_change = fresh is not None and (not only or fresh.name in only)
        lower = fresh is not None and kept is not None and fresh.points < kept.points
        chosen = fresh if may_change and not (policy == "never-lower" and lower) else kept
        if chosen is not None:
            results.append(chosen)
    return msgspec.structs.replace(
        before if only else after,
        points=total([result.points for result in results]),
        max_points=total([result.max_points for result in results]),
        bonus=total([result.bonus for result in results]),
        provisional=any(check.status == "not_judged" for result in results for check in result.checks),
        submitted=before.submitted,
        settings=before.settings,
        exam=after.exam or before.exam,
        exercises=tuple(results),
    )


def _key(result: ExerciseResult) -> str:
    return exercise_key(result.module, result.name)


def _between(key: str, old: ExerciseResult | None, new: ExerciseResult | None) -> ExerciseDifference:
    return ExerciseDifference(
        key, old.points if old else 0.0, new.points if new else 0.0, tuple(_checks(old, new))
    )


def _checks(old: ExerciseResult | None, new: ExerciseResult | None) -> Iterator[CheckDifference]:
    before = {check.name: check for check in old.checks} if old else {}
    after = {check.name: check for check in new.checks} if new else {}
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        same = was is not None and now is not None and (was.status, was.points) == (now.status, now.points)
        if same:
            continue
        failing = next((one for one in (now, was) if one is not None and one.status == "failed"), None)
        yield CheckDifference(
            name,
            was.status if was else "",
            now.status if now else "",
            failing.counterexample if failing else "",
            failing.message if failing else "",
        )
