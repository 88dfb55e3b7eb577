"""What a gradebook records: events, each with its time and author. They are added, never changed.

A later event may take the place of an earlier one (a deadline is extended again, an attempt is graded again),
and an `Undo` takes one back. What follows from all of them is computed in `grader.gradebook.marks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import msgspec

from grader.reporting.report import Versions

TOTAL: Final = ""
"""In the place of an exercise: the mark as a whole."""


class _Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What an event says, besides when, by whom and about whom."""


class Seen(_Content, frozen=True, kw_only=True, tag="seen"):
    """An attempt was handed in.

    Args:
        content: the hash of what was handed in.
        number: the number of the attempt, and of its exam; 0 if it is not known.
        submitted: when it was handed in; None if nothing tells.

    """

    content: str
    number: int = 0
    submitted: datetime | None = None


class ExercisePoints(msgspec.Struct, frozen=True, omit_defaults=True):
    """The points of one exercise in an attempt.

    Args:
        module: the module of its section.
        name: its name.
        points: what was earned.
        max_points: what can be earned.
        bonus: the bonus points.

    """

    module: str
    name: str
    points: float
    max_points: float
    bonus: float = 0.0


class Graded(_Content, frozen=True, kw_only=True, tag="graded"):
    """An attempt was graded. Of several events on one content, the last one counts.

    Args:
        content: the hash of what was handed in.
        report: the hash of `report.json`.
        status: the status of the submission.
        exercises: the points of each exercise.
        exam: the number of the exam; 0 if it is not known.
        versions: the software and the checks that graded it.
        sandbox: the layers of the sandbox that were active.
        provisional: whether checks could not be judged.
        regraded: the policy of the regrading that this is the result of; "" if it is none.

    """

    content: str
    report: str
    status: str
    exercises: tuple[ExercisePoints, ...]
    exam: int = 0
    versions: Versions
    sandbox: tuple[str, ...] = ()
    provisional: bool = False
    regraded: str = ""


class Extension(_Content, frozen=True, kw_only=True, tag="extension"):
    """A student has more time. Of several extensions, the one that gives most counts.

    Args:
        reason: why.
        until: the new deadline; None if `days` says how much longer.
        days: days after the deadline of the course.
        section: the module of a section; "" for all.

    """

    reason: str
    until: datetime | None = None
    days: float = 0.0
    section: str = ""


class Adjustment(_Content, frozen=True, kw_only=True, tag="adjustment"):
    """A person changed points, of all of a student's attempts, until it is undone.

    Args:
        reason: why.
        exercise: `module.name`, or the name of a written answer; "": the mark as a whole.
        how: whether the points are added, or take the place of the earlier ones.
        points: the points; negative ones can be added.
        comment: what the student reads about it, unlike the reason.

    """

    reason: str
    exercise: str = TOTAL
    how: Literal["add", "set"]
    points: float
    comment: str = ""


class Excuse(_Content, frozen=True, kw_only=True, tag="excuse"):
    """A section doesn't count for a student.

    Args:
        reason: why.
        section: the module of a section; "" for all.

    """

    reason: str
    section: str = ""


class Undo(_Content, frozen=True, kw_only=True, tag="undo"):
    """An earlier extension, adjustment or excuse is taken back.

    Args:
        reason: why.
        event: the number of the event.

    """

    reason: str
    event: int


class Publication(_Content, frozen=True, kw_only=True, tag="publication"):
    """The result of a regrading became the report that counts.

    Args:
        report: the hash of the report that was published.
        before: the points until then.
        points: the points from now on.
        policy: the policy of the regrading.

    """

    report: str
    before: float
    points: float
    policy: str


class Takeover(_Content, frozen=True, kw_only=True, tag="takeover"):
    """The reports of a folder that had no gradebook yet were taken over.

    Args:
        reports: how many.
        versions: the versions of Gradbook that wrote them.

    """

    reports: int
    versions: tuple[str, ...]


class Renamed(_Content, frozen=True, kw_only=True, tag="renamed"):
    """A student is called otherwise from here on; the earlier events under the old name are about this one.

    Args:
        before: the name until now.

    """

    before: str


class Forgotten(_Content, frozen=True, kw_only=True, tag="forgotten"):
    """Somebody was removed. What the statistics of the class need is left, without a name.

    Args:
        exercises: the points of each exercise of the attempt that counted.
        misconceptions: the misconceptions in it, by `module.name`: id and explanation.

    """

    exercises: tuple[ExercisePoints, ...]
    misconceptions: Mapping[str, tuple[str, str]] = {}


Content = (
    Seen
    | Graded
    | Extension
    | Adjustment
    | Excuse
    | Undo
    | Publication
    | Takeover
    | Renamed
    | Forgotten
)  # fmt: skip
DECISIONS: Final = (Extension, Adjustment, Excuse)
"""What a person decides, and can take back."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the gradebook.

    Args:
        id: its number: a later event has a higher one.
        time: when it was recorded.
        author: who recorded it: the login of a person.
        student: the name of the student's row and folder; "" if it is about nobody in particular.
        content: what happened.

    """

    id: int
    time: datetime
    author: str
    student: str
    content: Content


def encoded(content: Content) -> bytes:
    """Return what an event says as JSON."""
    return msgspec.json.encode(content)


def decoded(text: bytes | str) -> Content:
    """Return what an event says. Raises `msgspec.MsgspecError`."""
    found: Content = msgspec.json.decode(text, type=Content)
    return found


def exercise_key(module: str, name: str) -> str:
    """Return how an exercise is called in events: `mlp.relu`."""
    return f"{module}.{name}"


def in_force(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the events that were not undone, without the undoings, in order."""
    undone = {event.content.event for event in events if isinstance(event.content, Undo)}
    return tuple(event for event in events if event.id not in undone and not isinstance(event.content, Undo))
