"""From events to marks: a pure function of what is recorded, the policy and the deadlines.

Sums are exact fractions, and a mark is rounded once, at the end. Marks are never stored: where a deadline
moves, its penalties move along.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Final

from grader.course.mark_policy import WHOLE, MarkPolicy
from grader.gradebook.events import (
    TOTAL,
    Adjustment,
    Excuse,
    Extension,
    Graded,
    Seen,
    exercise_key,
    in_force,
)
from grader.records.verdict import POINT_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.gradebook.events import Event

DAY: Final = timedelta(days=1)
NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""The deadline of a section that has none."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What marks depend on besides events.

    Args:
        policy: how points become a mark.
        deadlines: the deadline of each section that has one, by module.
    """

    policy: MarkPolicy = field(default_factory=MarkPolicy)
    deadlines: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class Attempt:
    """A graded attempt of a student.

    Args:
        content: the hash of what was handed in.
        number: the number of the attempt; 0 if it is not known.
        submitted: when it was first handed in; None if nothing tells.
        graded: the last event that says how it was graded.
    """

    content: str
    number: int
    submitted: datetime | None
    graded: Graded


@dataclass(frozen=True)
class Part:
    """What a section, or a written answer, contributes to a mark.

    Args:
        name: the section's module, or the name of the written answer.
        points: the points with adjustments, before a penalty.
        max_points: the points that can be earned.
        attempt: the attempt that counts; None if there is none.
        deadline: when it was due for this student; None if lateness doesn't count.
        days_late: how many started days it was late.
        late_days: how many of them were free, for all sections with this deadline together.
        penalty: percent of the points that lateness costs.
        excused: whether it doesn't count for this student.
        dropped: whether it is one of the lowest, which don't count.
        is_open: whether its points are not known yet.
        comments: what a person wrote about a written answer for the student.
    """

    name: str
    points: Fraction
    max_points: Fraction
    attempt: Attempt | None = None
    deadline: datetime | None = None
    days_late: int = 0
    late_days: int = 0
    penalty: Fraction = Fraction(0)
    excused: bool = False
    dropped: bool = False
    is_open: bool = False
    comments: tuple[str, ...] = ()

    @property
    def earned(self) -> Fraction:
        """The points less the penalty."""
        return self.points * (1 - self.penalty / WHOLE)

    @property
    def counts(self) -> bool:
        """Whether it is part of the mark."""
        return not self.excused and not self.dropped


@dataclass(frozen=True)
class Mark:
    """A student's mark, and how it came about.

    Args:
        student: the name of the student's row and folder.
        value: the mark; None if there is none (yet).
        out_of: the points that can be earned.
        parts: what it consists of, in the order of the course.
        attempts: all graded attempts, the first one first.
        adjustments: the adjustments of the mark as a whole, in order.
        unrounded: the mark before rounding.
        ungraded: the hash of the attempt that counts, if it was not graded yet; else "".
    """

    student: str
    value: Fraction | None
    out_of: Fraction
    parts: tuple[Part, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    unrounded: Fraction | None = None
    ungraded: str = ""

    @property
    def is_open(self) -> bool:
        """Whether points of it are not known yet."""
        return bool(self.ungraded) or any(part.is_open and part.counts for part in self.parts)

    @property
    def counting(self) -> str:
        """The hash of the attempt that counts; of several, the last one. "" if there is none."""
        used = [part for part in self.parts if part.counts] or self.parts
        contents = {part.attempt.content for part in used if part.attempt is not None}
        graded = [one.content for one in self.attempts if one.content in contents or not contents]
        return self.ungraded or (graded[-1] if graded else "")

    @property
    def late_days(self) -> int:
        """How many free late days were used."""
        return sum({part.deadline: part.late_days for part in self.parts}.values())

    @property
    def penalty(self) -> Fraction:
        """The points that lateness costs, before sections are left out."""
        return sum((part.points - part.earned for part in self.parts if part.counts), Fraction(0))


def mark_of(student: str, events: Sequence[Event], rules: Rules) -> Mark:
    """Return the mark of a student.

    Args:
        student: the name of the student's row and folder.
        events: all events about the student, in order.
        rules: the policy and the deadlines.

    """
    valid = in_force(tuple(events))
    attempts = attempts_in(valid)
    adjusted = [event.content for event in valid if isinstance(event.content, Adjustment)]
    excused = [event.content.section for event in valid if isinstance(event.content, Excuse)]
    extensions = [event.content for event in valid if isinstance(event.content, Extension)]
    parts = _sections(attempts, adjusted, extensions, rules)
    parts += [_written(name, points, adjusted) for name, points in rules.policy.written.items()]
    parts = [replace(part, excused="" in excused or part.name in excused) for part in parts]
    parts = _drop(parts, rules.policy.drop_lowest)
    total = [one for one in adjusted if one.exercise == TOTAL]
    ungraded = _ungraded(valid, attempts, rules.policy)
    mark = Mark(student, None, Fraction(0), tuple(parts), attempts, tuple(total), ungraded=ungraded)
    return _sum_up(mark, rules.policy)


def attempts_in(events: Sequence[Event]) -> tuple[Attempt, ...]:
    """Return the graded attempts of a student, in the order in which they were handed in."""
    graded = {event.content.content: event.content for event in events if isinstance(event.content, Graded)}
    seen = [event.content for event in events if isinstance(event.content, Seen)]
    attempts = []
    for content in handed_in(events):
        if content in graded:
            times = [one.submitted for one in seen if one.content == content and one.submitted is not None]
            numbers = [one.number for one in seen if one.content == content and one.number]
            number = (numbers or [graded[content].exam])[-1]
            attempts.append(Attempt(content, number, min(times, default=None), graded[content]))
    return tuple(attempts)


def handed_in(events: Sequence[Event]) -> list[str]:
    """Return the hash of each attempt of a student, graded or not, the first one first.

    Their times tell, if all are known; else the order in which they were seen.
    """
    last: dict[str, tuple[datetime | None, int]] = {}
    for event in events:
        match event.content:
            case Seen(content=content, submitted=submitted):
                time = last.get(content, (None, 0))[0]
                last[content] = (max(time, submitted) if time and submitted else time or submitted, event.id)
            case Graded(content=content):
                last.setdefault(content, (None, 0))
    if all(time is not None for time, _ in last.values()):
        return sorted(last, key=lambda content: (last[content][0] or NEVER, last[content][1]))
    return sorted(last, key=lambda content: last[content][1])


def deadline_of(module: str, extensions: Iterable[Extension], rules: Rules) -> datetime | None:
    """Return the deadline of a section for a student who has these extensions; None if it has none."""
    deadline = rules.deadlines.get(module)
    if deadline is None:
        return None
    longer = [
        one.until if one.until is not None else deadline + one.days * DAY
        for one in extensions
        if one.section in {"", module}
    ]
    return max([deadline, *longer])


def days_late(submitted: datetime | None, deadline: datetime | None, policy: MarkPolicy) -> int:
    """Return how many days late something is, started days included; 0 if nothing tells."""
    if submitted is None or deadline is None:
        return 0
    late = submitted - deadline
    return 0 if late <= timedelta(minutes=policy.grace_minutes) else max(1, math.ceil(late / DAY))


def penalty_for(days: int, policy: MarkPolicy) -> Fraction:
    """Return what percent of the points so many days cost."""
    steps = [exact(step) for step in policy.late_penalty]
    further = max(0, days - len(steps)) * (steps[-1] if steps else 0)
    return min(sum(steps[:days], Fraction(0)) + further, exact(policy.late_cap))


def exact(points: float) -> Fraction:
    """Return a number of points, as it is written, as a fraction."""
    return Fraction(str(round(points, POINT_DIGITS)))


def rounded(value: Fraction, policy: MarkPolicy) -> Fraction:
    """Return a mark rounded to the step of the policy, halves upwards."""
    step = Fraction(str(policy.round_to))
    return math.floor(value / step + Fraction(1, 2)) * step


def with_adjustments(exercise: str, points: Fraction, adjusted: Iterable[Adjustment]) -> Fraction:
    """Return points with all adjustments of an exercise, at least 0."""
    for one in adjusted:
        if one.exercise == exercise:
            points = exact(one.points) if one.how == "set" else points + exact(one.points)
    return max(points, Fraction(0))


def _sections(
    attempts: Sequence[Attempt], adjusted: Sequence[Adjustment], extensions: Sequence[Extension], rules: Rules
) -> list[Part]:
    """Return the part of each section, in the order of the course."""
    modules = list(dict.fromkeys(one.module for attempt in attempts for one in attempt.graded.exercises))
    deadlines = {module: deadline_of(module, extensions, rules) for module in modules}
    if not rules.policy.late_penalty:  # then deadlines are information
        deadlines = dict.fromkeys(modules)
    free = rules.policy.late_days
    parts: dict[str, Part] = {}
    by_deadline = sorted(modules, key=lambda module: deadlines[module] or NEVER)
    for due, group in groupby(by_deadline, key=lambda module: deadlines[module]):
        chosen = _choose(list(group), attempts, adjusted, due, rules.policy, free)
        free -= chosen[0].late_days
        parts |= {part.name: part for part in chosen}
    return [parts[module] for module in modules]


def _choose(
    modules: Sequence[str], attempts: Sequence[Attempt], adjusted: Sequence[Adjustment],
    deadline: datetime | None, policy: MarkPolicy, free: int,
) -> list[Part]:  # fmt: skip
    """Return the parts of sections with one deadline, from the attempt that counts for them.

    The policy chooses among the attempts in time. One that is late takes that one's place if it has more
    points even after its penalty: handing something in never costs points.
    """
    late = {one.content: days_late(one.submitted, deadline, policy) for one in attempts}
    on_time = [one for one in attempts if not late[one.content]]
    too_late = [one for one in attempts if late[one.content]]

    def parts_from(attempt: Attempt) -> list[Part]:
        found = [_part(module, attempt, adjusted) for module in modules]
        days = late[attempt.content]
        costs = penalty_for(days, policy) and any(part.points for part in found)
        used = min(free, days) if costs else 0
        penalty = penalty_for(days - used, policy)
        return [
            replace(part, deadline=deadline, days_late=days, late_days=used, penalty=penalty)
            for part in found
        ]

    def worth(parts: Sequence[Part]) -> Fraction:
        return sum((part.earned for part in parts), Fraction(0))

    candidates = {
        "best": [*on_time, *too_late],
        "last": [*on_time[-1:], *too_late[-1:]],
        "first": on_time[:1] or too_late[:1],
    }
    return max(map(parts_from, candidates[policy.attempt]), key=worth)


def _ungraded(events: Sequence[Event], attempts: Sequence[Attempt], policy: MarkPolicy) -> str:
    """Return the attempt that would count and was not graded yet; the best one is one that was."""
    order = handed_in(events)
    wanted = {"last": order[-1:], "first": order[:1], "best": []}[policy.attempt]
    graded = {one.content for one in attempts}
    return next((content for content in wanted if content not in graded), "")


def _part(module: str, attempt: Attempt, adjusted: Sequence[Adjustment]) -> Part:
    exercises = [one for one in attempt.graded.exercises if one.module == module]
    points = [
        with_adjustments(exercise_key(module, one.name), exact(one.points), adjusted) for one in exercises
    ]
    maximum = [exact(one.max_points) for one in exercises]
    is_open = attempt.graded.provisional
    return Part(module, sum(points, Fraction(0)), sum(maximum, Fraction(0)), attempt, is_open=is_open)


def _written(name: str, points: float, adjusted: Sequence[Adjustment]) -> Part:
    """Return the part of a written answer: open until a person enters points."""
    about = [one for one in adjusted if one.exercise == name]
    comments: list[str] = []
    for one in about:  # as with points, those that are set take the place of earlier ones
        comments = [*([] if one.how == "set" else comments), *([one.comment] if one.comment else [])]
    earned = with_adjustments(name, Fraction(0), about)
    return Part(name, earned, exact(points), is_open=not about, comments=tuple(comments))


def _drop(parts: list[Part], count: int) -> list[Part]:
    """Return parts of which the lowest ones don't count; of equal ones, the first are dropped."""
    counting = [part for part in parts if part.counts and part.max_points]
    lowest = sorted(counting, key=lambda part: part.earned / part.max_points)[:count]
    return [replace(part, dropped=part in lowest) for part in parts]


def _sum_up(mark: Mark, policy: MarkPolicy) -> Mark:
    """Return a mark with its value: what counts, scaled to all points if something is left out."""
    out_of = sum((part.max_points for part in mark.parts), Fraction(0))
    counted = sum((part.max_points for part in mark.parts if part.counts), Fraction(0))
    value: Fraction | None = None
    if mark.attempts and counted:
        value = sum((part.earned for part in mark.parts if part.counts), Fraction(0)) * out_of / counted
    is_set = any(one.how == "set" for one in mark.adjustments)
    if value is not None or is_set:
        value = with_adjustments(TOTAL, value or Fraction(0), mark.adjustments)
    if mark.is_open and not is_set:
        value = None
    shown = None if value is None else rounded(value, policy)
    return replace(mark, value=shown, out_of=out_of, unrounded=value)
