"""The messages between the grader and a sandboxed child: questions go in, observations come out."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from grader.records.sources import SourceFile, SuppliedModule  # noqa: TC001 - msgspec reads the annotations
from grader.records.values import MAX_BYTES, Name, Record, Tensor, Value

MAX_CALLED: Final = 1_000
MAX_ASKS: Final = 10_000
MAX_NAMES: Final = 1_000
MAX_KIND: Final = 100
MAX_MESSAGE: Final = 2_000
MAX_LINES: Final = 5_000
MAX_REASON: Final = 12_000
MAX_LOCATION: Final = 200
MAX_DEFINITIONS: Final = 1_000_000
MAX_ARGUMENTS: Final = 20
"""The limits of what a child says, in characters or in number. The child cuts to them what it sends."""

Disturbance = Literal["profile", "record", "mode", "thread", "process", "replaced", "overflow"]
DISTURBANCES: Final[dict[Disturbance, str]] = {
    "profile": "Python's profile function was replaced",
    "record": "torch's record of functions was switched off",
    "mode": "the dispatch mode was removed",
    "thread": "code may have run in a thread that is not watched",
    "process": "another process was started",
    "replaced": "functions of the watch were replaced",
    "overflow": f"more than {MAX_CALLED} functions were called",
}
"""Why the record of calls may be incomplete, in words for an instructor."""


class Ask(Record, frozen=True):
    """One evaluation of a check's expression, on one set of inputs.

    Args:
        expression: the Python expression.
        inputs: the values of its names.
        seed: of all random numbers, and of the cotangent.
        watch_calls: whether to record which functions are called.
        differentiate: the inputs with respect to which to compute gradients, of the sum of the result's
            elements, or of those of several results: `grader.records.cotangent.weighted_sum`.
        max_result_bytes: the most bytes that a correct result needs; a larger one is not sent.
        device: the device of the tensors among the inputs.
        on_simulated_gpu: whether to evaluate it as if these were on a GPU (`grader.execution.simulated_gpu`);
            if that is impossible, the observation is an exception `MISMATCH` or `CANNOT_TELL`.
    """

    expression: str
    inputs: dict[str, Value]
    seed: int
    watch_calls: bool = False
    differentiate: tuple[str, ...] = ()
    max_result_bytes: int = MAX_BYTES
    device: str = "cpu"
    on_simulated_gpu: bool = False


MISMATCH = "Mismatch"
CANNOT_TELL = "CannotTell"
"""The names of the exceptions of `grader.execution.simulated_gpu`."""
EXPIRED = "Expired"
"""The name of the exception that a timeout raises (`grader.execution.deadline`)."""


class Raised(Record, frozen=True):
    """An exception that left the student's code.

    Args:
        kind: the name of its type.
        message: its text.
        lines: the student's own lines of the traceback.
        inside: False where the call failed before any line of the student's ran: the signature doesn't match.
        endless: whether a call that ran into the timeout had used most of the time by itself.
    """

    kind: Annotated[str, Meta(max_length=MAX_KIND)]
    message: Annotated[str, Meta(max_length=MAX_MESSAGE)]
    lines: Annotated[str, Meta(max_length=MAX_LINES)]
    inside: bool
    endless: bool = False


class Observation(Record, frozen=True):
    """What was observed of one evaluation.

    Args:
        result: the value of the expression, if it has one.
        raised: the exception that was raised instead, if any.
        changed: the inputs that were modified.
        called: the functions of torch that were called, if that was recorded (`grader.execution.call_watch`).
        operations: the operations that these dispatched.
        disturbances: why the record of both may be incomplete.
        gradients: the gradient for each input that was to be differentiated; None where there is none.
        argument_device: the device of the arguments.
    """

    result: Value = None
    raised: Raised | None = None
    changed: Annotated[tuple[Name, ...], Meta(max_length=MAX_NAMES)] = ()
    called: Annotated[tuple[Name, ...], Meta(max_length=MAX_CALLED)] = ()
    operations: Annotated[tuple[Name, ...], Meta(max_length=MAX_CALLED)] = ()
    disturbances: Annotated[tuple[Disturbance, ...], Meta(max_length=len(DISTURBANCES))] = ()
    gradients: Annotated[dict[Name, Tensor | None], Meta(max_length=MAX_NAMES)] | None = None
    argument_device: Name = "cpu"


class CorrectAnswer(Record, frozen=True):
    """What takes the place of a student's answer, while another answer is asked that calls it.

    Args:
        spellings: the names under which the student's answer may be found.
        source: defines it; empty if its calls are sent to the grader (`RemoteCall`).
    """

    spellings: tuple[str, ...]
    source: str = ""


class Load(Record, frozen=True, tag="load"):
    """A request to load a program.

    Args:
        section: the name of the section's module.
        files: the program.
        wanted: by exercise, the names under which it may be defined.
        replaced: by exercise, what takes the place of the student's answer.
        attempts: how many definitions of one name count.
        supplied: the modules that the program may import beside installed ones; nothing in them answers a
            wanted exercise.
        seconds: the time limit, in processor time.
        traced: the exercises whose calls are recorded, with their spellings (see `Trace`); empty: none.
    """

    section: str
    files: tuple[SourceFile, ...]
    wanted: dict[str, tuple[str, ...]]
    replaced: dict[str, CorrectAnswer] = msgspec.field(default_factory=dict)
    attempts: int = 5
    supplied: tuple[SuppliedModule, ...] = ()
    seconds: float = 10.0
    traced: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class AskAttempt(Record, frozen=True, tag="ask"):
    """A request to evaluate questions on one attempt at an exercise, within `seconds` of processor time.

    The reply is one `Observations`, in order; one that ran into the timeout is the last.
    """

    exercise: str
    attempt: int
    asks: tuple[Ask, ...]
    seconds: float


class Trace(Record, frozen=True, tag="trace"):
    """A request for the exercises whose answers are entered while an attempt is defined and asked.

    The reply is one `Used`. An attempt that isn't defined is not asked.
    """

    exercise: str
    attempt: int
    asks: tuple[Ask, ...]
    seconds: float


class Observations(Record, frozen=True, tag="observations"):
    """The reply to an `AskAttempt`."""

    seen: Annotated[tuple[Observation, ...], Meta(max_length=MAX_ASKS)]


class Used(Record, frozen=True, tag="used"):
    """The reply to a `Trace`: the names of exercises, in no order."""

    names: Annotated[tuple[Name, ...], Meta(max_length=MAX_NAMES)]


class RemoteCall(Record, frozen=True, tag="call"):
    """A call, in the child, of a function that the grader has; the answer is one `RemoteResult`.

    Args:
        name: the name of the function.
        arguments: its arguments.
        named: the names of the last ones; those before are given by position.
        cotangent: of the shape of the result; with it, the result is a tuple of the vector-Jacobian products,
            one for each argument, or None.
    """

    name: Name
    arguments: Annotated[tuple[Value, ...], Meta(max_length=MAX_ARGUMENTS)] = ()
    named: Annotated[tuple[Name, ...], Meta(max_length=MAX_ARGUMENTS)] = ()
    cotangent: Tensor | None = None


class RemoteResult(Record, frozen=True):
    """What a `RemoteCall` returns; where it can't be answered, `problem` says why."""

    value: Value = None
    problem: str = ""


class Found(Record, frozen=True):
    """One definition of an exercise: where it is, and how many definitions there are."""

    where: Annotated[str, Meta(max_length=MAX_LOCATION)]
    of: Annotated[int, Meta(ge=0, le=MAX_DEFINITIONS)]


class Absent(Record, frozen=True):
    """Why an exercise has no answer.

    The status is `failed` where it is not written yet, `error` where the code that should define it raised an
    exception, `timeout` where that code didn't end.
    """

    status: Literal["failed", "error", "timeout"]
    message: Annotated[str, Meta(max_length=MAX_REASON)]
    is_stub: bool = False


class GpuStarted(Record, frozen=True):
    """The GPU was opened, before any code of a student's was loaded; else `problem` says why not."""

    problem: Annotated[str, Meta(max_length=MAX_MESSAGE)] = ""


class Contents(Record, frozen=True, tag="contents"):
    """What a loaded program defines: the attempts by exercise, and why others have none."""

    found: Annotated[
        dict[Name, Annotated[tuple[Found, ...], Meta(max_length=MAX_NAMES)]], Meta(max_length=MAX_NAMES)
    ]
    absent: Annotated[dict[Name, Absent], Meta(max_length=MAX_NAMES)]
