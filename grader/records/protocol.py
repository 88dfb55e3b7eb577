"""What crosses the wall: questions go in, observations come out."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from grader.records.sources import SourceFile  # noqa: TC001 - msgspec reads the annotations
from grader.records.values import MAX_BYTES, Record, Tensor, Value

MAX_CALLED: Final = 1_000
MAX_ASKS: Final = 10_000
MAX_NAMES: Final = 1_000


class Ask(Record, frozen=True):
    """One evaluation of a check's expression, on one set of inputs.

    `differentiate` names the inputs with respect to which gradients are wanted, of the sum of the
    result's elements weighted by `cotangent(shape, seed)`. `room` is how many bytes a right result needs at
    most; a larger one is not sent at all. `device` is where the tensors among the inputs are made.
    `elsewhere`: it is asked as if they were on a GPU (`grader.execution.simulated_gpu`), and an answer that
    can't be given so raises `MISMATCH` or `CANNOT_TELL`.
    """

    expression: str
    inputs: dict[str, Value]
    seed: int
    watch_calls: bool = False
    differentiate: tuple[str, ...] = ()
    room: int = MAX_BYTES
    device: str = "cpu"
    elsewhere: bool = False


MISMATCH = "Mismatch"
CANNOT_TELL = "CannotTell"
"""The kinds of exceptions of `grader.execution.simulated_gpu`."""
EXPIRED = "Expired"
"""The kind of exception that says that the time is used up (`grader.execution.deadline`)."""


class Raised(Record, frozen=True):
    """An exception that left the student's code.

    `lines` are the student's own lines of the traceback. `inside` is False when the call itself was
    refused before any line of the student's ran: the signature doesn't fit. `endless` says of a call at which
    the time was used up that it had most of it for itself.
    """

    kind: str
    message: str
    lines: str
    inside: bool
    endless: bool = False


class Observation(Record, frozen=True):
    """What was seen of one evaluation: `result` and `gradients` are values, the rest is conduct.

    `home` is the device on which the arguments were.
    """

    result: Value = None
    raised: Raised | None = None
    changed: Annotated[tuple[str, ...], Meta(max_length=MAX_NAMES)] = ()
    called: Annotated[tuple[str, ...], Meta(max_length=MAX_CALLED)] = ()
    gradients: Annotated[dict[str, Tensor | None], Meta(max_length=MAX_NAMES)] | None = None
    home: str = "cpu"


class Load(Record, frozen=True, tag="load"):
    """Read a program: the files of one section, and the names of the exercises with their spellings.

    `overrides` are sources that replace what the student defined under these names.
    """

    section: str
    files: tuple[SourceFile, ...]
    wanted: dict[str, tuple[str, ...]]
    overrides: dict[str, str] = msgspec.field(default_factory=dict)
    attempts: int = 5


class Pose(Record, frozen=True, tag="pose"):
    """Ask one attempt at an exercise, within so many seconds.

    The answer is one `Observations`, in order; where the time ran out, that observation is the last.
    """

    exercise: str
    attempt: int
    asks: tuple[Ask, ...]
    seconds: float


class Observations(Record, frozen=True):
    """What was seen of the questions of one `Pose`."""

    seen: Annotated[tuple[Observation, ...], Meta(max_length=MAX_ASKS)]


class Found(Record, frozen=True):
    """One definition of an exercise: where it stands, and how many there are of it."""

    where: str
    of: int


class Absent(Record, frozen=True):
    """Why an exercise has no answer.

    It is `failed` where it is still to do, `error` where the code that should define it broke, `timeout`
    where that didn't end.
    """

    status: Literal["failed", "error", "timeout"]
    message: str


class Opened(Record, frozen=True):
    """Whether the GPU could be opened, before anything of a student's was there; else why not."""

    problem: str = ""


class Contents(Record, frozen=True):
    """What a program was found to hold."""

    found: Annotated[
        dict[str, Annotated[tuple[Found, ...], Meta(max_length=MAX_NAMES)]], Meta(max_length=MAX_NAMES)
    ]
    absent: Annotated[dict[str, Absent], Meta(max_length=MAX_NAMES)]
