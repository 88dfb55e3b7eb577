"""Which GPU a worker of a grading run uses, with how many others it shares it, and what to do if it is full.

A process behind the wall may take its share of the GPU's memory. That share is a setting of torch, which
hostile code can lift; then a neighbour, whose answer is right, finds no memory left. So where an answer ran
out of the GPU's memory beside others, it is asked once more while nobody else uses that GPU, and only that
counts.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.devices import ENVIRONMENT, EXHAUSTED, ROOM, SHARE, NoSuchDevice
from grader.sandbox import Gpu, gpu

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.records.verdict import ExerciseResult
    from grader.records.worker_protocol import Config

MEMORY: Final = 4 << 30
"""Bytes of the machine's own memory that a child with a GPU may have: CUDA's libraries take much of it."""
KEPT: Final = 0.95
"""The part of a GPU's memory that children share; a little is left to the driver."""


class Seating(NamedTuple):
    """The GPU of one worker, the part of its memory for a child, and how many workers fit on all GPUs."""

    gpu: Gpu
    share: float
    room: int
    turns: Turns | None

    @property
    def environment(self) -> dict[str, str]:
        """What children must know."""
        return {**ENVIRONMENT, SHARE: f"{self.share:.6f}"}

    @property
    def memory(self) -> int:
        """How many bytes of the machine's own memory children may have."""
        return MEMORY


def seating(config: Config) -> Seating:
    """Return the GPU that a worker is to use. Raises `NoSuchDevice`."""
    import torch

    names = gpu.names()
    if not names:
        raise NoSuchDevice(
            "torch finds a GPU, but /dev has no device file of NVIDIA's driver. Say --device cpu."
        )
    smallest = min(torch.cuda.get_device_properties(k).total_memory for k in range(torch.cuda.device_count()))
    return arranged(config, names, smallest)


def arranged(config: Config, names: tuple[str, ...], memory: int) -> Seating:
    """Spread workers over GPUs that have at least so many bytes of memory each. Raises `NoSuchDevice`."""
    fitting = memory // ROOM
    if fitting == 0:
        raise NoSuchDevice(f"Grading takes a GPU with {ROOM >> 30} GiB of memory. Say --device cpu.")
    number = config.place % len(names)
    sharing = min(math.ceil(config.jobs / len(names)), fitting)
    folder = Path(config.turns) if config.turns is not None and sharing > 1 else None
    turns = None if folder is None else Turns(folder / f"gpu{number}")
    return Seating(gpu.gpu(names[number]), KEPT / sharing, fitting * len(names), turns)


class Turns:
    """Whose turn it is on a GPU: that of many workers together, or of one alone. Waiting is fair.

    Args:
        path: where two files are made, which all workers on this GPU lock.
    """

    def __init__(self, path: Path) -> None:
        self.gate = path.with_suffix(".gate")
        self.floor = path.with_suffix(".floor")

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """Be one of many; wait while somebody is alone, or waits to be."""
        with contextlib.ExitStack() as inside:
            with _locked(self.gate, fcntl.LOCK_EX):
                inside.enter_context(_locked(self.floor, fcntl.LOCK_SH))
            yield

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only one, when those who are there are done; nobody else comes in before."""
        with _locked(self.gate, fcntl.LOCK_EX), _locked(self.floor, fcntl.LOCK_EX):
            yield


def found_it_full(results: Iterable[ExerciseResult]) -> bool:
    """Return whether an answer ran out of a GPU's memory."""
    said = (one.message for result in results for one in result.checks if one.status == "out_of_memory")
    return any(word in message for message in said for word in EXHAUSTED)


@contextlib.contextmanager
def _locked(path: Path, how: int) -> Iterator[None]:
    with path.open("ab") as file:  # the lock goes with the file, also where this process is killed
        fcntl.flock(file, how)
        yield
