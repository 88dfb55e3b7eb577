"""The ledger of one student: every event, and the mark line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.gradebook.events import (
    Adjustment,
    Excuse,
    Extension,
    Forgotten,
    Graded,
    Publication,
    Renamed,
    Seen,
    Takeover,
    Undo,
)
from grader.gradebook.marks import exact
from grader.reporting.class_statistics import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from fractions import Fraction

    from grader.gradebook.events import Content, Event
    from grader.gradebook.marks import Attempt, Mark, Part, Rules

SHORT: int = 12
"""So many digits of a hash tell one from another."""


def lines(events: Sequence[Event]) -> list[str]:
    """Return a line for each event, with its number, time and author; what was undone says so."""
    undone = {event.content.event: event.id for event in events if isinstance(event.content, Undo)}
    said = []
    for event in events:
        note = f" (undone by event {undone[event.id]})" if event.id in undone else ""
        said.append(f"{event.id:>5}  {moment(event.time)}  {event.author}: {sentence(event.content)}{note}")
    return said


def sentence(content: Content) -> str:  # noqa: C901, PLR0911 - one sentence for each kind
    """Return what an event says."""
    match content:
        case Seen():
            time = f", handed in {moment(content.submitted)}" if content.submitted else ""
            which = f"attempt {content.number}" if content.number else "an attempt"
            return f"{which} seen ({short(content.content)}){time}"
        case Graded():
            earned = sum(exact(one.points) for one in content.exercises)
            maximum = sum(exact(one.max_points) for one in content.exercises)
            exam = f", exam {content.exam}" if content.exam else ""
            again = f", regraded ({content.regraded})" if content.regraded else ""
            still_open = ", provisional" if content.provisional else ""
            got = f"{number(float(earned))} of {number(float(maximum))}"
            by = f"Gradbook {content.versions.gradbook}, checks {short(content.versions.checks)}"
            return f"graded ({short(content.content)}): {got}{exam}, {by}{again}{still_open}"
        case Extension():
            more = f"until {moment(content.until)}" if content.until else f"{number(content.days)} days more"
            return f"extension, {more}{_of(content.section)}: {content.reason}"
        case Adjustment():
            points = f"{content.points:+g} points" if content.how == "add" else f"set to {content.points:g}"
            return f"adjustment, {content.exercise or 'the mark'}: {points}: {content.reason}"
        case Excuse():
            return f"excused{_of(content.section) or ' from everything'}: {content.reason}"
        case Undo():
            return f"event {content.event} undone: {content.reason}"
        case Publication():
            return (
                f"published: {number(content.before)} became {number(content.points)} by regrading "
                f"({content.policy})"
            )
        case Takeover():
            return f"{content.reports} reports of Gradbook {', '.join(content.versions)} taken over"
        case Renamed():
            return f"called {content.before} until then"
        case Forgotten():
            return "somebody was removed"


def derivation(mark: Mark, rules: Rules) -> list[str]:
    """Return how a mark came about, line by line."""
    return list(_derivation(mark, rules))


def moment(time: datetime) -> str:
    """Return a time to the minute, with its offset from UTC: "2026-12-01 23:59+00:00"."""
    return time.isoformat(" ", timespec="minutes")


def short(text: str) -> str:
    """Return the beginning of a hash."""
    return text.removeprefix("sha256:")[:SHORT]


def points(value: Fraction) -> str:
    """Return points with at most two decimals."""
    return number(float(value))


def _derivation(mark: Mark, rules: Rules) -> Iterator[str]:
    policy = rules.policy
    if not mark.attempts:
        yield "No attempt was graded."
    else:
        several = f", of {len(mark.attempts)} attempts the {policy.attempt}" if len(mark.attempts) > 1 else ""
        yield f"Points of each section{several}:"
    if mark.ungraded:
        yield f"The {policy.attempt} attempt was not graded yet."
    for part in mark.parts:
        yield f"  {part.name}: {_part(part, mark)}"
    counting = [part for part in mark.parts if part.counts]
    earned = sum((part.earned for part in counting), exact(0))
    maximum = sum((part.max_points for part in counting), exact(0))
    if mark.parts:
        yield f"Sum: {points(earned)} of {points(maximum)}"
    if counting and maximum != mark.out_of and maximum:
        scaled = earned * mark.out_of / maximum
        yield f"What counts, scaled to {points(mark.out_of)} points: {points(scaled)}"
    for one in mark.adjustments:
        change = f"{one.points:+g}" if one.how == "add" else f"set to {one.points:g}"
        yield f"The mark: {change} ({one.reason})"
    if mark.value is None:
        why = "points of it are still open" if mark.is_open else "nothing counts"
        yield f"No mark: {why}."
        return
    step = "" if mark.unrounded == mark.value else f" (rounded to {policy.round_to:g})"
    yield f"Mark: {points(mark.value)} of {points(mark.out_of)}{step}"


def _part(part: Part, mark: Mark) -> str:
    if part.excused:
        return "excused"
    said = f"{points(part.points)} of {points(part.max_points)}"
    if part.is_open:
        said += ", not all of them known yet"
    if part.attempt is not None and len(mark.attempts) > 1:
        said += f", {_named(part.attempt, mark)}"
    if part.deadline is not None and part.attempt is not None and part.attempt.submitted is None:
        said += ", in time as nobody knows when it was handed in"
    if part.days_late:
        free = f", {part.late_days} of them free" if part.late_days else ""
        said += f", {part.days_late} day{'s' if part.days_late > 1 else ''} late{free}"
    if part.penalty:
        said += f": less {points(part.penalty)}% is {points(part.earned)}"
    return said + (", dropped" if part.dropped else "")


def _named(attempt: Attempt, mark: Mark) -> str:
    number_ = attempt.number or mark.attempts.index(attempt) + 1
    return f"attempt {number_}"


def _of(section: str) -> str:
    return f" for {section}" if section else ""
