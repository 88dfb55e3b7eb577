"""How much time a submission's code may use, kept by the grader and counted outside the code's process.

A submission has one budget. Its exercises have theirs within it, and the search for smaller counterexamples
has one within that of its exercise. What is used of one is used of all that it lies within.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from grader.execution.stopwatch import WALL_FACTOR, charged

SEARCH_SHARE: Final = 0.5
"""The part of an exercise's time that the search for smaller counterexamples may take."""


@dataclass(eq=False)
class Budget:
    """Seconds of processor time, and `WALL_FACTOR` times as many by the clock.

    Args:
        seconds: the limit.
        owner: whose time it is, as a message says it.
        within: the budget that this one is a part of.
    """

    seconds: float
    owner: str
    within: Budget | None = None
    used: float = field(default=0.0, init=False)
    processor: float = field(default=0.0, init=False)
    wall: float = field(default=0.0, init=False)

    def use(self, processor: float, wall: float) -> None:
        """Count what one piece of work took, in seconds of processor time and by the clock."""
        self.processor += processor
        self.wall += wall
        self.used += charged(processor, wall)
        if self.within is not None:
            self.within.use(processor, wall)

    def left(self) -> float:
        """Return the seconds that are left; 0 if the time is used up."""
        tightest = self.tightest()
        return max(0.0, tightest.seconds - tightest.used)

    def tightest(self) -> Budget:
        """Return the one with the least time left: this budget, or one that it lies within."""
        if self.within is None:
            return self
        outer = self.within.tightest()
        return self if self.seconds - self.used <= outer.seconds - outer.used else outer

    def is_within(self, other: Budget) -> bool:
        """Return whether this budget is `other` or a part of it."""
        return self is other or (self.within is not None and self.within.is_within(other))

    def message(self) -> str:
        """Return a sentence, without its full stop, for a student whose code has used up this budget."""
        tightest = self.tightest()
        if tightest.processor >= tightest.wall / WALL_FACTOR:
            return (
                f"stopped after {tightest.seconds:.3g} s of processor time, which is all that "
                f"{tightest.owner} has: does a loop never end?"
            )
        return (
            f"stopped after {WALL_FACTOR * tightest.seconds:.3g} s, most of which it waited, and "
            f"{tightest.owner} has no more: does it sleep, wait for input, or never end?"
        )


class ExerciseBudget:
    """The time for one exercise: for all attempts and questions, and the part of it for searches."""

    def __init__(self, seconds: float, submission: Budget) -> None:
        self.asks = Budget(seconds, "this exercise", within=submission)
        self.searches = Budget(SEARCH_SHARE * seconds, "the search for a smaller input", within=self.asks)


def submission_budget(seconds: float) -> Budget:
    """Return the budget of one submission."""
    return Budget(seconds, "the whole submission")
