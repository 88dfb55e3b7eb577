"""What the gradebook says about a student, for pages: attempts, lateness and the mark.

`grader.gradebook.standing` makes these records from events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


NOT_MARKED: Final = "not marked yet"
"""The note on a written answer that nobody has marked."""


class AttemptLine(NamedTuple):
    """A graded attempt.

    Args:
        number: its number, from 1.
        submitted: when it was handed in; None if nothing tells.
        points: its points.
        max_points: the points that can be earned.
        counts: whether any part of the mark comes from it.

    """

    number: int
    submitted: datetime | None
    points: float
    max_points: float
    counts: bool


class PartLine(NamedTuple):
    """What a section, or a written answer, contributes to the mark.

    Args:
        name: the section's module, or the name of the written answer.
        points: the points with adjustments, before a penalty.
        max_points: the points that can be earned.
        earned: the points less the penalty.
        deadline: when it was due for this student; None if lateness doesn't count.
        days_late: how many started days it was late.
        free_days: how many of them were free.
        penalty: percent of the points that lateness costs.
        note: why it doesn't count, or that its points are not known yet; "" if neither is so.
        comments: what a person wrote about it for the student.

    """

    name: str
    points: float
    max_points: float
    earned: float
    deadline: datetime | None = None
    days_late: int = 0
    free_days: int = 0
    penalty: float = 0.0
    note: str = ""
    comments: tuple[str, ...] = ()


class Standing(NamedTuple):
    """A student's mark, and how it came about.

    Args:
        mark: the mark; None if there is none (yet).
        out_of: the points that can be earned.
        attempts: all graded attempts, the first one first.
        parts: what the mark consists of, in the order of the course.
        changes: what was changed by hand of the mark as a whole, a few words each.
        free_days: the days that the student may be late without a penalty.

    """

    mark: float | None = None
    out_of: float = 0.0
    attempts: tuple[AttemptLine, ...] = ()
    parts: tuple[PartLine, ...] = ()
    changes: tuple[str, ...] = ()
    free_days: int = 0

    @property
    def days_late(self) -> int:
        """By how many days the latest section is late."""
        return max((part.days_late for part in self.parts), default=0)

    @property
    def free_days_used(self) -> int:
        """How many free days were used; sections with one deadline share them."""
        return sum({part.deadline: part.free_days for part in self.parts}.values())

    @property
    def penalty(self) -> float:
        """The points that lateness costs."""
        return round(sum(part.points - part.earned for part in self.parts if not part.note), 6)

    @property
    def says_more(self) -> bool:
        """Whether there is more to say than the points of one attempt."""
        return bool(
            len(self.attempts) > 1
            or self.changes
            or any(one.submitted for one in self.attempts)
            or any(part.deadline or part.note or part.penalty or part.comments for part in self.parts)
            or any(one.max_points != self.out_of for one in self.attempts)
        )


NOTHING: Final = Standing()
"""Where the gradebook says nothing."""
