"""What breaks a check on one case, in words: a broken law, or an exception that the answer raised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.judging.exception_hints import hint_for
from grader.judging.withheld import kind_of_exception, last_frame
from grader.records.devices import CPU, GPU_OUT_OF_MEMORY
from grader.records.protocol import MISMATCH

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.checks.case import Case
    from grader.checks.check import Check
    from grader.records.protocol import Raised
    from grader.records.verdict import CheckStatus

MAX_SHOWN: Final = 1_500
TORCH_LACKS: Final = re.compile(r"not implemented for '\w{1,30}'|^Could not run '")
"""In torch's own errors of this kind: it has no such operation for these numbers, or on this device."""
PROCESS_OUT_OF_MEMORY: Final = ("DefaultCPUAllocator", "Unable to allocate")
OUT_OF_MEMORY_TEXTS: Final = (*PROCESS_OUT_OF_MEMORY, *GPU_OUT_OF_MEMORY)


@dataclass(frozen=True)
class Problem:
    """What breaks a check on one case, or another status with its message.

    `withheld` is what may be said instead of all this if the case is secret. It depends on nothing that the
    answer's process can choose freely, since it knows the case and could say it.
    """

    status: CheckStatus
    message: str
    got: str = ""
    expected: str = ""
    kind: str = ""
    hint: str = ""
    withheld: str = ""


def works_on_the_cpu(check: Check, case: Case) -> bool:
    """Return whether a case of a check breaks only on a GPU: as a call to paste, it would mislead."""
    return check.question is not None and check.question.on_simulated_gpu and case.device == CPU


def exhausts_its_process(raised: Raised) -> bool:
    """Return whether an exception says that the process has no memory left, but that of a GPU."""
    return raised.kind == "MemoryError" or any(text in raised.message for text in PROCESS_OUT_OF_MEMORY)


def raised_by_answer(raised: Raised) -> Problem:
    """Return the problem for an exception that an answer raised, or its call."""
    kind = raised.kind
    text = f"{kind}: {raised.message}" if raised.message else kind
    plain = f"{last_frame(raised.lines)}\n{kind_of_exception(kind)}".strip()
    if kind == "NotImplementedError" and TORCH_LACKS.search(raised.message) is None:
        to_do = f"still to do: {text}\n{raised.lines}".strip()
        return Problem("failed", to_do, kind=kind, withheld=f"still to do\n{plain}")
    exhausted = [one for one in OUT_OF_MEMORY_TEXTS if one in raised.message]
    if exhausted or kind == "MemoryError":
        full = f"{text}\n{raised.lines}".strip()
        return Problem("out_of_memory", full, kind=kind, withheld="\n".join((*exhausted, plain)))
    if not raised.inside:
        message = f"the call doesn't fit: {raised.message}"
        return Problem("failed", message, kind="signature", withheld="the call doesn't fit")
    hint = shown(lambda: hint_for(kind, raised.message))
    return Problem("error", f"{raised.lines}\n{text}".strip(), kind=kind, hint=hint, withheld=plain)


def raised_on_simulated_gpu(raised: Raised) -> Problem:
    """Return the problem for an exception that an answer raised on the simulated GPU."""
    if raised.kind == MISMATCH:
        message = f"on a GPU, this raises\n{raised.lines}\nRuntimeError: {raised.message}"
        return Problem("failed", message, withheld=f"on a GPU, this raises\n{last_frame(raised.lines)}")
    unknown = "it takes a GPU to tell"
    return Problem("skipped", f"{unknown}: {raised.message}", withheld=unknown)


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
