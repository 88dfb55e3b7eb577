"""What crosses the wall: questions go in, observations come out."""

from __future__ import annotations

from grader.values import Record, Tensor, Value


class Ask(Record, frozen=True):
    """One evaluation of a check's expression, on one set of inputs.

    `differentiate` names the inputs with respect to which gradients are wanted, of the sum of the
    result's elements weighted by `cotangent(shape, seed)`.
    """

    expression: str
    inputs: dict[str, Value]
    seed: int
    watch_calls: bool = False
    differentiate: tuple[str, ...] = ()


class Raised(Record, frozen=True):
    """An exception that left the student's code.

    `lines` are the student's own lines of the traceback. `inside` is False when the call itself was
    refused before any line of the student's ran: the signature doesn't fit.
    """

    kind: str
    message: str
    lines: str
    inside: bool


class Observation(Record, frozen=True):
    """What was seen of one evaluation: `result` and `gradients` are values, the rest is conduct."""

    result: Value = None
    raised: Raised | None = None
    changed: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    gradients: dict[str, Tensor | None] | None = None
