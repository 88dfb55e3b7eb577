"""A stand-in for a GPU, on machines that have none: what is asked on "cuda" is asked as if there were one.

Tensors are on the CPU, and it is said of them where they are (`grader.execution.simulated_gpu`). Other than
where a student's code is asked whether it would work on a GPU, the whole observation happens there: what
makes the inputs, what the drive does with them, and what records the result.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NoReturn
from unittest import mock

from grader.execution import sandbox_entry, student_code
from grader.execution.observe import observe
from grader.execution.simulated_gpu import SimulatedGpu
from grader.records import devices

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    import torch

    from grader.execution.simulated_gpu import Location
    from grader.records.protocol import Ask, Observation
    from grader.sandbox import Channel


NAMES = {"cuda": "cuda:0", "mps": "mps:0"}
"""What torch says of a tensor that was put on a device of this name."""


class StandIn(SimulatedGpu):
    """Knows where each tensor is: whatever was not put on the GPU is on the CPU."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.default_location = "cpu"

    def location(self, tensor: torch.Tensor) -> Location:
        found = super().location(tensor)
        return "cpu" if found == "unknown" else found


def observe_there(
    ask: Ask, names: Mapping[str, object], *, files: Collection[str]
) -> tuple[Observation, BaseException | None]:
    """Observe as `grader.execution.observe` does, on a stand-in if the question is for a GPU."""
    there = NAMES.get(ask.device, ask.device)
    with contextlib.nullcontext() if ask.device == devices.CPU else StandIn(there).active():
        return observe(ask, names, files=files)


@contextlib.contextmanager
def stood_in() -> Iterator[None]:
    """Let questions in this process be asked of a stand-in."""
    with mock.patch.object(student_code, "observe", observe_there):
        yield


def serve(channel: Channel) -> None:
    """Run a sandboxed child that opens a stand-in instead of a GPU."""

    def open_gpu(_share: float) -> None:
        devices.compute_exactly()

    with stood_in(), mock.patch.object(sandbox_entry, "open_gpu", open_gpu):
        sandbox_entry.serve_on_gpu(channel)


def serve_poorly(channel: Channel) -> None:
    """Be a child for which the GPU has no memory left."""

    def open_gpu(_share: float) -> NoReturn:
        raise RuntimeError("CUDA error: out of memory")

    with mock.patch.object(sandbox_entry, "open_gpu", open_gpu):
        sandbox_entry.serve_on_gpu(channel)
