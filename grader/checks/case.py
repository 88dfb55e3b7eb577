"""One set of inputs of a question, and what the oracles say to it."""

from __future__ import annotations

import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import msgspec
import torch

from grader.records.decode import restore
from grader.records.devices import CPU
from grader.records.protocol import Ask
from grader.records.values import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from grader.checks.check import Question
    from grader.records.values import Value

GROWTH: Final = 16
"""How many times the bytes of its inputs a right result may need, apart from its question's `room`."""


class Case:
    """One set of inputs of a question, and the oracles' answers to it, computed when first needed.

    An answer gets its tensors on `device`; judges and oracles have theirs on the CPU.
    """

    def __init__(self, inputs: Mapping[str, Value], seed: int, device: str = CPU) -> None:
        self.records = dict(inputs)
        self.seed = seed
        self.device = device
        self.inputs = {name: restore(value) for name, value in inputs.items()}
        self.answers: dict[object, Any] = {}

    def on(self, device: str) -> Case:
        """Return the same case on another device; both know all that an oracle said to either."""
        if device == self.device:
            return self
        other = copy.copy(self)
        other.device = device
        return other

    @cached_property
    def size(self) -> int:
        """The bytes that the inputs take on the wire."""
        return len(msgspec.msgpack.encode(self.records))

    @property
    def dtype(self) -> torch.dtype | None:
        """The dtype in which the answer computes: that of the first floating input."""
        for value in self.inputs.values():
            for one in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(one, torch.Tensor) and one.is_floating_point():
                    return one.dtype
        return None

    def answer(self, oracle: Callable[..., Any]) -> Any:  # noqa: ANN401 - whatever the oracle gives
        """Return what the oracle says of these inputs, asked in float64."""
        memoized = getattr(oracle, "__gradbook_key__", None)
        key = memoized or oracle
        if key not in self.answers:
            inputs = {name: widened(restore(value)) for name, value in self.records.items()}
            extra = {"cotangent_seed": self.seed} if memoized else {}
            self.answers[key] = oracle(**extra, **inputs)
        return self.answers[key]

    def ask(self, question: Question) -> Ask:
        """Return the message that asks this case of an answer."""
        room = min(question.room + GROWTH * self.size, MAX_BYTES)
        return Ask(
            question.asks, self.records, self.seed, question.watch_calls, question.differentiate, room,
            self.device, question.elsewhere and self.device == CPU,
        )  # fmt: skip


def widened(value: Any) -> Any:  # noqa: ANN401 - tensors, or lists of them, among other things
    """Return the value with floating tensors in float64, as oracles are asked."""
    if isinstance(value, torch.Tensor):
        return value.to(torch.float64) if value.is_floating_point() else value
    if isinstance(value, list):
        return [widened(item) for item in value]
    if isinstance(value, tuple):
        return tuple(widened(item) for item in value)
    return value
