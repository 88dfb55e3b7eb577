"""How a class did: what each exercise brought, and which misconceptions its wrong answers show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.reporting.gradebook import headings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from grader.records.verdict import ExerciseResult, Misconception
    from grader.reporting.report import Report


class Tally(NamedTuple):
    """How a class did on one exercise.

    `mean` is in points; `correct` of so many answers are right; each misconception, the most frequent first,
    stands with the names of the submissions that show it.
    """

    exercise: ExerciseResult
    heading: str
    mean: float
    correct: int
    answers: int
    misconceptions: tuple[tuple[Misconception, tuple[str, ...]], ...]


def tallies(reports: Iterable[Report], exercises: Sequence[ExerciseResult]) -> list[Tally]:
    """Return a tally for each exercise, over all submissions that have points."""
    counted = [one for one in reports if one.points is not None]
    made = []
    for index, (exercise, heading) in enumerate(zip(exercises, headings(exercises), strict=True)):
        results = [one.exercises[index] for one in counted]
        held: dict[Misconception, list[str]] = {}
        for report, result in zip(counted, results, strict=True):
            if result.misconception is not None:
                held.setdefault(result.misconception, []).append(report.submission)
        frequent = sorted(held.items(), key=lambda one: (-len(one[1]), one[0].id))
        made.append(
            Tally(
                exercise,
                heading,
                sum(result.points for result in results) / max(1, len(results)),
                sum(result.status == "correct" for result in results),
                len(results),
                tuple((misconception, tuple(names)) for misconception, names in frequent),
            )
        )
    return made


def total_of(results: Sequence[ExerciseResult]) -> str:
    """Return the points of some exercises, out of how many."""
    got, most = sum(one.points for one in results), sum(one.max_points for one in results)
    return f"{number(got)} of {number(most)}"


def number(value: float) -> str:
    """Return a number of points, with no more digits than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
