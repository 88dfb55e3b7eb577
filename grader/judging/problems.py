"""What breaks a check on one case, in words: a broken law, or an exception that the answer raised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.judging.exception_hints import hint_for
from grader.records.devices import GPU_OUT_OF_MEMORY
from grader.records.protocol import MISMATCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.records.protocol import Raised
    from grader.records.verdict import CheckStatus

MAX_SHOWN: Final = 1_500
OUT_OF_MEMORY_TEXTS: Final = ("DefaultCPUAllocator", "Unable to allocate", *GPU_OUT_OF_MEMORY)


@dataclass(frozen=True)
class Problem:
    """What breaks a check on one case, or another status with its message."""

    status: CheckStatus
    message: str
    got: str = ""
    expected: str = ""
    kind: str = ""
    hint: str = ""


def raised_by_answer(raised: Raised) -> Problem:
    """Return the problem for an exception that an answer raised, or its call."""
    text = f"{raised.kind}: {raised.message}" if raised.message else raised.kind
    if raised.kind == "NotImplementedError":
        return Problem("failed", f"still to do: {text}\n{raised.lines}".strip(), kind=raised.kind)
    if raised.kind == "MemoryError" or any(one in raised.message for one in OUT_OF_MEMORY_TEXTS):
        return Problem("out_of_memory", f"{text}\n{raised.lines}".strip(), kind=raised.kind)
    if not raised.inside:
        return Problem("failed", f"the call doesn't fit: {raised.message}", kind="signature")
    hint = shown(lambda: hint_for(raised.kind, raised.message))
    return Problem("error", f"{raised.lines}\n{text}".strip(), kind=raised.kind, hint=hint)


def raised_on_simulated_gpu(raised: Raised) -> Problem:
    """Return the problem for an exception that an answer raised on the simulated GPU."""
    if raised.kind == MISMATCH:
        return Problem("failed", f"on a GPU, this raises\n{raised.lines}\nRuntimeError: {raised.message}")
    return Problem("skipped", f"it takes a GPU to tell: {raised.message}")


def shown(explanation: Callable[[], str]) -> str:
    """Return a text that explains a verdict, shortened; "" if it can't be made: the verdict still counts.

    The text is about what a student's code returned or raised, and that may be anything.
    """
    try:
        return shortened(explanation())
    except Exception:  # noqa: BLE001 - as above
        return ""


def shortened(text: str) -> str:
    """Return a text, cut off where it is too long to be shown."""
    return text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…"
