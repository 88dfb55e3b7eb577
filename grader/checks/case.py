"""One set of inputs of a question, and the oracles' results on it."""

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
"""Bytes that a result may need for each byte of its inputs, besides `Question.max_result_bytes`."""


class Case:
    """One set of inputs of a question, and the oracles' answers to it, computed when first needed.

    An expected gets its tensors on `device`; judges and oracles have theirs on the CPU.
    """

    def __init__(self, inputs: Mapping[str, Value], seed: int, device: str = CPU) -> None:
        self.records = dict(inputs)
        self.seed = seed
        self.device = device
        self.inputs = {name: restore(value) for name, value in inputs.items()}
        self.oracle_results: dict[object, Any] = {}

    def on(self, device: str) -> Case:
        """Return the same case on another device; both share the oracles' results."""
        if device == self.device:
            return self
        other = copy.copy(self)
        other.device = device
        return other

    @cached_property
    def size(self) -> int:
        """The size of the encoded inputs, in bytes."""
        return len(msgspec.msgpack.encode(self.records))

    @property
    def dtype(self) -> torch.dtype | None:
        """The dtype in which the expected computes: that of the first floating input."""
        for value in self.inputs.values():
            for one in value if isinstance(value, (list, tuple)) else (value,):
                if isinstance(one, torch.Tensor) and one.is_floating_point():
                    return one.dtype
        return None

    def expected(self, oracle: Callable[..., Any]) -> Any:  # noqa: ANN401 - whatever the oracle returns
        """Return the oracle's result on these inputs, computed in float64."""
        memoized = getattr(oracle, "__gradbook_key__", None)
        key = memoized or oracle
        if key not in self.oracle_results:
            inputs = {name: to_float64(restore(value)) for name, value in self.records.items()}
            extra = {"cotangent_seed": self.seed} if memoized else {}
            self.oracle_results[key] = oracle(**extra, **inputs)
        return self.oracle_results[key]

    def ask(self, question: Question) -> Ask:
        """Return the message that evaluates the question on this case."""
        max_bytes = min(question.max_result_bytes + GROWTH * self.size, MAX_BYTES)
        return Ask(
            question.asks, self.records, self.seed, question.watch_calls, question.differentiate, max_bytes,
            self.device, question.on_simulated_gpu and self.device == CPU,
        )  # fmt: skip


def to_float64(value: Any) -> Any:  # noqa: ANN401 - tensors, or lists of them, among other things
    """Return the value with all floating-point tensors in float64, as oracles get them."""
    if isinstance(value, torch.Tensor):
        return value.to(torch.float64) if value.is_floating_point() else value
    if isinstance(value, list):
        return [to_float64(item) for item in value]
    if isinstance(value, tuple):
        return tuple(to_float64(item) for item in value)
    return value
