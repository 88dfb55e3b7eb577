"""Which of a student's attempts counts: the last one, the best one, or the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.reporting.report import Report

    Counting = Callable[[Sequence[Report]], Report]

Policy = Literal["last", "best", "first"]


def last(attempts: Sequence[Report]) -> Report:
    """Return the report on the last attempt."""
    return attempts[-1]


def first(attempts: Sequence[Report]) -> Report:
    """Return the report on the first attempt."""
    return attempts[0]


def best(attempts: Sequence[Report]) -> Report:
    """Return the report with the most points; of equal ones, the first. Without points, the last attempt."""
    with_points = [one for one in attempts if one.points is not None]
    return max(with_points, key=lambda one: one.points or 0.0) if with_points else attempts[-1]


POLICIES: Final[Mapping[Policy, Counting]] = {"last": last, "best": best, "first": first}
"""Each policy, by its name in `course.toml`."""


def oldest_first(earlier: Sequence[Report], now: Sequence[Report]) -> list[Report]:
    """Return the reports on a student's attempts, oldest first.

    Their times tell, if all are known. Else those of this run are later than all others.

    Args:
        earlier: reports on attempts that this run was not given.
        now: those on the attempts of this run, oldest first.
    """
    every = [*sorted(earlier, key=lambda one: one.exam), *now]
    if all(one.submitted is not None for one in every):
        return sorted(every, key=lambda one: one.submitted.timestamp() if one.submitted else 0.0)
    return every
