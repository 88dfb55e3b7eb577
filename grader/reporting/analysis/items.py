"""Statistics of each exercise: how many solve it, and whether those who solve it are strong elsewhere."""

from __future__ import annotations

import statistics
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.reporting.analysis.answers import failures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.reporting.analysis.answers import Answers

LEAST: Final = 10
"""Answers below which a correlation says nothing."""
RESAMPLES: Final = 1_000
LEVEL: Final = 0.95
SEED: Final = 20_240_229
"""Of the resamples: the same class gives the same interval."""


class Interval(NamedTuple):
    """An estimate with its interval."""

    value: float
    low: float
    high: float


class Item(NamedTuple):
    """The statistics of an exercise, over those who tried it.

    Args:
        answers: the answers.
        solved: how many have all points.
        mean: their mean points.
        spread: the standard deviation of their points.
        difficulty: the mean share of its points, from 0 (nobody has any) to 1 (everybody has all).
        discrimination: the correlation of solving it with the points in all other exercises (point-biserial),
            with its 95% bootstrap interval; None if there are too few answers, or all are alike.

    """

    answers: Answers
    solved: int
    mean: float
    spread: float
    difficulty: float
    discrimination: Interval | None


class FailingCheck(NamedTuple):
    """A check with how many answers fail it, of those that it was decided for."""

    heading: str
    module: str
    exercise: str
    check: str
    statement: str
    failed: int
    decided: int


def items_of(answers: Sequence[Answers]) -> list[Item]:
    """Return the statistics of each exercise."""
    found = []
    for one in answers:
        points = [answer.result.points for answer in one.tried]
        mean = statistics.fmean(points) if points else 0.0
        found.append(
            Item(
                one,
                sum(answer.is_correct for answer in one.tried),
                mean,
                statistics.pstdev(points) if points else 0.0,
                mean / (one.exercise.max_points or 1.0),
                discrimination(
                    [answer.is_correct for answer in one.tried], [answer.rest for answer in one.tried]
                ),
            )
        )
    return found


def correlation(passed: Sequence[bool], rest: Sequence[float]) -> float | None:
    """Return the point-biserial correlation; None where it is not defined."""
    try:
        return statistics.correlation([float(one) for one in passed], rest)
    except statistics.StatisticsError:  # all alike, or fewer than two
        return None


def discrimination(passed: Sequence[bool], rest: Sequence[float]) -> Interval | None:
    """Return the point-biserial correlation with its bootstrap interval; None if it says nothing."""
    value = correlation(passed, rest) if len(passed) >= LEAST else None
    if value is None:
        return None
    import numpy as np

    weights = _weights(len(passed))
    columns = np.column_stack([np.asarray(passed, float), np.asarray(rest, float)])
    x, y = (columns - columns.mean(axis=0)).T
    sums = weights @ np.column_stack([np.ones_like(x), x, y, x * y, x * x, y * y])
    count, of_x, of_y, of_xy, of_xx, of_yy = sums.T
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (of_xx / count - (of_x / count) ** 2) * (of_yy / count - (of_y / count) ** 2)
        made = (of_xy / count - of_x * of_y / count**2) / np.sqrt(variance)
    usable = made[np.isfinite(made) & (variance > 1e-12)]  # noqa: PLR2004 - rounding: all are alike
    if not len(usable):
        return None
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(usable.clip(-1, 1), [tail, 1 - tail])
    return Interval(value, float(low), float(high))


def failing_checks(answers: Sequence[Answers]) -> list[FailingCheck]:
    """Return the checks that anybody fails, those that most fail first."""
    found = []
    for one in answers:
        failed: Counter[str] = Counter()
        decided: Counter[str] = Counter()
        statements: dict[str, str] = {}
        for answer in one.tried:
            wrong = {check.name for check in failures(answer.result)}
            for check in answer.result.checks:
                if not check.bonus and (check.name in wrong or check.status == "passed"):
                    decided[check.name] += 1
                    failed[check.name] += check.name in wrong
                    statements.setdefault(check.name, check.statement)
        found += [
            FailingCheck(one.heading, *one.key, name, statements[name], failed[name], decided[name])
            for name in decided
            if failed[name]
        ]
    return sorted(found, key=lambda check: -check.failed)


@lru_cache(maxsize=64)
def _weights(count: int) -> Any:  # noqa: ANN401 - an array
    """Return how often each of `count` answers is drawn in each resample, of a Poisson bootstrap."""
    import numpy as np

    return np.random.default_rng(SEED).poisson(1.0, (RESAMPLES, count)).astype(float)
