"""Assign GPUs to the workers of a grading run, and lock a GPU where an answer needs it for itself.

Each sandboxed process gets a share of its GPU's memory. The share is a setting of torch, which hostile code
can lift; another process on the same GPU, with a correct answer, then finds no memory left. So an answer that
ran out of GPU memory while others used the GPU is run once more while it has the GPU to itself, and only the
second result counts.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.grading import run_folder
from grader.records.devices import (
    ALL,
    AUTO,
    CPU,
    CUDA,
    ENVIRONMENT,
    GPU_OUT_OF_MEMORY,
    GPU_SHARE_VARIABLE,
    MIN_GPU_BYTES,
    NoSuchDevice,
    device_type,
    devices_for,
)
from grader.sandbox import Gpu, Limits, Role, gpu

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.records.verdict import ExerciseResult
    from grader.records.worker_protocol import Config

HOST_LIMITS: Final = Limits(memory=4 << 30, processes=32)
"""What a sandboxed process with a GPU may use: CUDA's libraries take much memory, and start threads."""
USUAL_SHARING: Final = 8
"""How many workers share a GPU unless `--jobs` asks for more: the card works on one answer at a time, and
more of them hardly grade faster. `make gpu` prints seconds a submission by workers, to choose this from."""
USABLE: Final = 0.95
"""The fraction of a GPU's memory that sandboxed processes share; the rest is left to the driver."""


class GpuAllocation(NamedTuple):
    """The GPU of one worker.

    Args:
        gpu: the device files and the name of the GPU.
        share: the fraction of its memory for one sandboxed process, between 0 and 1.
        max_workers: how many workers may share all GPUs together.
        lock: shared with the other workers on this GPU; None where the worker has the GPU to itself.
    """

    gpu: Gpu
    share: float
    max_workers: int
    lock: GpuLock | None

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables for sandboxed processes."""
        return {**ENVIRONMENT, GPU_SHARE_VARIABLE: f"{self.share:.6f}"}


def gpu_role(limits: Limits = HOST_LIMITS) -> Role:
    """Return the role of sandboxed processes that use the GPU (`grader.grading.process.ON_GPU`)."""
    return Role("grader.execution.sandbox_entry:serve_on_gpu", limits, views=True, gpu=True)


def sandboxed_devices(config: Config) -> tuple[str, ...]:
    """Return the devices on which each question is asked in the sandbox.

    Processes there see one GPU, and call it the first.

    Raises:
        NoSuchDevice: the device is not there, or can't be used in the sandbox.
    """
    found = devices_for(config.device)
    if config.sandbox != "none":
        closed = [device for device in found if device_type(device) not in {CPU, CUDA}]
        if closed and config.device not in {AUTO, ALL}:
            raise NoSuchDevice(
                f"--device {closed[0]}: of accelerators, the sandbox can open NVIDIA's only. "
                "Use --device cpu; or --sandbox none, if you trust the authors of the submissions."
            )
        found = tuple(device for device in found if device not in closed) or (CPU,)
    return tuple(CUDA if device_type(device) == CUDA else device for device in found)


def allocate_gpu(config: Config) -> GpuAllocation:
    """Return the GPU that a worker has to use. Raises `NoSuchDevice`."""
    import torch

    names = gpu.visible_gpus()
    kind, _, number = config.device.partition(":")
    if kind == CUDA and number:
        names = names[int(number) : int(number) + 1]
    if not names:
        raise NoSuchDevice(
            "torch finds a GPU, but /dev has no device file of NVIDIA's driver. Use --device cpu."
        )
    smallest = min(torch.cuda.get_device_properties(k).total_memory for k in range(torch.cuda.device_count()))
    return allocation_for(config, names, smallest)


def allocation_for(config: Config, names: tuple[str, ...], memory: int) -> GpuAllocation:
    """Return the GPU of one worker, with all workers spread evenly over the GPUs.

    Args:
        config: its `worker_number`, `jobs`, `jobs_chosen` and `run_folder` are used.
        names: the names of the GPUs.
        memory: the bytes of memory that each GPU has at least.

    Raises:
        NoSuchDevice: the GPUs have too little memory for a single process.
    """
    fitting = memory // MIN_GPU_BYTES
    if not config.jobs_chosen:
        fitting = min(fitting, USUAL_SHARING)
    if fitting == 0:
        raise NoSuchDevice(f"Grading needs a GPU with {MIN_GPU_BYTES >> 30} GiB of memory. Use --device cpu.")
    number = config.worker_number % len(names)
    sharing = min(math.ceil(config.jobs / len(names)), fitting)
    folder = Path(config.run_folder) if config.run_folder is not None and sharing > 1 else None
    lock = None if folder is None else GpuLock(run_folder.content(folder) / f"gpu{number}")
    return GpuAllocation(gpu.describe_gpu(names[number]), USABLE / sharing, fitting * len(names), lock)


class GpuLock:
    """A fair readers-writer lock between worker processes: many share a GPU, or one has it to itself.

    Args:
        path: two lock files with this name, and a suffix each, are created. All workers on this GPU use them.
    """

    def __init__(self, path: Path) -> None:
        self.gate = path.with_suffix(".gate")
        self.users = path.with_suffix(".users")

    @contextlib.contextmanager
    def shared(self) -> Iterator[None]:
        """Use the GPU together with others. Wait while a worker has it, or waits for it, exclusively."""
        with contextlib.ExitStack() as inside:
            with _locked(self.gate, fcntl.LOCK_EX):
                inside.enter_context(_locked(self.users, fcntl.LOCK_SH))
            yield

    @contextlib.contextmanager
    def exclusive(self) -> Iterator[None]:
        """Use the GPU alone. Wait until its present users are done; new ones have to wait."""
        with _locked(self.gate, fcntl.LOCK_EX), _locked(self.users, fcntl.LOCK_EX):
            yield


def ran_out_of_gpu_memory(results: Iterable[ExerciseResult]) -> bool:
    """Return whether an answer ran out of GPU memory, as opposed to main memory."""
    messages = (check.message for one in results for check in one.checks if check.status == "out_of_memory")
    return any(text in message for message in messages for text in GPU_OUT_OF_MEMORY)


@contextlib.contextmanager
def _locked(path: Path, operation: int) -> Iterator[None]:
    with path.open("ab") as file:  # closing the file releases the lock, also if this process is killed
        fcntl.flock(file, operation)
        yield
