"""The answers of a class: for each exercise, who tried it, and how strong they are in the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.class_statistics import NO_ANSWER
from grader.reporting.gradebook import headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.report import Report

REMOVED: Final = "(removed)"
"""In the place of a name that was forgotten."""
FAILED: Final = frozenset({"failed", "error", "timeout", "out_of_memory", "crashed"})
"""Statuses of checks that did not pass by themselves, not because of another check."""


class Answer(NamedTuple):
    """One submission's answer to an exercise.

    Args:
        submission: the name of the submission.
        result: the result.
        rest: the share of the points that the submission has in all other exercises, from 0 to 1.

    """

    submission: str
    result: ExerciseResult
    rest: float

    @property
    def is_correct(self) -> bool:
        """Whether it has all base points."""
        return self.result.status == "correct"

    @property
    def share(self) -> float:
        """The share of the exercise's points."""
        return self.result.points / (self.result.max_points or 1.0)


class Answers(NamedTuple):
    """All answers to an exercise.

    Args:
        exercise: the exercise, as in any result.
        heading: its name, with the module's if two modules have an exercise of this name.
        tried: the answers, in the order of the submissions.
        missing: how many submissions don't define it, or left the stub.
        unreadable: how many submissions can't be read.

    """

    exercise: ExerciseResult
    heading: str
    tried: tuple[Answer, ...]
    missing: int
    unreadable: int

    @property
    def key(self) -> tuple[str, str]:
        """Module and name of the exercise."""
        return self.exercise.module, self.exercise.name


def answers_of(
    reports: Iterable[Report],
    exercises: Sequence[ExerciseResult],
    nameless: Iterable[Sequence[ExerciseResult]] = (),
) -> list[Answers]:
    """Return the answers to each exercise, in the order of the course.

    Args:
        reports: the reports that count; those without an answer to this course are left out.
        exercises: the exercises.
        nameless: results that count, of submissions which have no name any more.

    """
    graded: list[tuple[str, Sequence[ExerciseResult]]] = []
    unreadable = 0
    for one in reports:
        if one.status == "unreadable":
            unreadable += 1
        elif one.points is not None and one.status not in NO_ANSWER:
            graded.append((one.submission, one.exercises))
    graded += [(REMOVED, results) for results in nameless]
    found: dict[tuple[str, str], list[Answer]] = {(one.module, one.name): [] for one in exercises}
    missing = dict.fromkeys(found, 0)
    for name, results in graded:
        points = sum(result.points for result in results)
        maximum = sum(result.max_points for result in results)
        for result in results:
            key = (result.module, result.name)
            if result.status == "missing":
                missing[key] = missing.get(key, 0) + 1
            elif key in found:
                rest = (points - result.points) / ((maximum - result.max_points) or 1.0)
                found[key].append(Answer(name, result, rest))
    return [
        Answers(exercise, heading, tuple(found[key]), missing[key], unreadable)
        for exercise, heading in zip(exercises, headings(exercises), strict=True)
        for key in [(exercise.module, exercise.name)]
    ]


def failures(result: ExerciseResult) -> list[Verdict]:
    """Return the checks that did not pass by themselves, without bonuses."""
    return [check for check in result.checks if check.status in FAILED and not check.bonus]
