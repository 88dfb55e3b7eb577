"""Statistics of a class: mean points and misconceptions of each exercise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.gradebook import headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.records.verdict import ExerciseResult, Misconception
    from grader.records.worker_protocol import MissingLayer
    from grader.reporting.report import Report


NO_ANSWER: Final = frozenset({"no_code", "wrong_assignment"})
"""Statuses of submissions with 0 points in which nothing answers this course: a person must look at them."""


class ExerciseStatistics(NamedTuple):
    """Statistics of one exercise.

    Args:
        exercise: the exercise, as in any result.
        heading: its name, with the module's if two modules have an exercise of this name.
        mean: mean points.
        correct: number of correct answers.
        answers: number of submissions that have points.
        misconceptions: each misconception with the names of the submissions that show it, the most frequent
            first.

    """

    exercise: ExerciseResult
    heading: str
    mean: float
    correct: int
    answers: int
    misconceptions: tuple[tuple[Misconception, tuple[str, ...]], ...]


def distinct_layers(groups: Iterable[Iterable[MissingLayer]]) -> list[MissingLayer]:
    """Return the missing layers of all groups; of those that open the same, the first."""
    found: dict[str, MissingLayer] = {}
    for layer in (layer for group in groups for layer in group):
        found.setdefault(layer.opens, layer)
    return list(found.values())


def exercise_statistics(
    reports: Iterable[Report], exercises: Sequence[ExerciseResult]
) -> list[ExerciseStatistics]:
    """Return the statistics of each exercise, over all submissions that have points for it.

    What isn't an answer to this course says nothing about its exercises, and is left out.

    Args:
        reports: the reports.
        exercises: the exercises.

    """
    by_exercise: dict[tuple[str, str], list[tuple[str, ExerciseResult]]] = {}
    for one in reports:
        if one.points is not None and one.status not in NO_ANSWER:
            for result in one.exercises:
                by_exercise.setdefault((result.module, result.name), []).append((one.submission, result))
    made = []
    for exercise, heading in zip(exercises, headings(exercises), strict=True):
        found = by_exercise.get((exercise.module, exercise.name), [])
        results = [result for _, result in found]
        submissions_of: dict[Misconception, list[str]] = {}
        for name, result in found:
            if result.misconception is not None:
                submissions_of.setdefault(result.misconception, []).append(name)
        frequent = sorted(submissions_of.items(), key=lambda one: (-len(one[1]), one[0].id))
        made.append(
            ExerciseStatistics(
                exercise,
                heading,
                sum(result.points for result in results) / max(1, len(results)),
                sum(result.status == "correct" for result in results),
                len(results),
                tuple((misconception, tuple(names)) for misconception, names in frequent),
            )
        )
    return made


def no_answers(reports: Iterable[Report]) -> list[Report]:
    """Return the reports on submissions in which nothing answers this course, for a person to look at."""
    return [one for one in reports if one.status in NO_ANSWER]


class Remark(NamedTuple):
    """What an instructor should look at: the submission, the exercise and check, and why."""

    submission: str
    exercise: str
    check: str
    text: str


def remarks(reports: Iterable[Report]) -> list[Remark]:
    """Return the remarks on the checks of a class, in the order of the reports."""
    return [
        Remark(report.submission, result.name, verdict.name, verdict.remark)
        for report in reports
        for result in report.exercises
        for verdict in result.checks
        if verdict.remark
    ]


def total_of(results: Sequence[ExerciseResult]) -> str:
    """Return the points of some exercises as text: "3.5 of 4"."""
    got, maximum = sum(one.points for one in results), sum(one.max_points for one in results)
    return f"{number(got)} of {number(maximum)}"


def number(value: float) -> str:
    """Return a number of points with at most two decimals, without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
