"""Devices: which ones a run uses, and how to make a GPU compute exactly and reproducibly.

torch is imported only within functions: the command line parses its options without it.
"""

from __future__ import annotations

import os
import re
import warnings
from argparse import ArgumentTypeError
from typing import Any, Final

CPU: Final = "cpu"
CUDA: Final = "cuda"
AUTO: Final = "auto"
ALL: Final = "all"
CHOICES: Final = (CPU, CUDA, AUTO, ALL)
"""The usual values of `--device`. Any other device of torch may be named, too: mps, xpu, cuda:1."""
SYNTAX: Final = re.compile(r"[a-z]+(:\d{1,3})?")
LACKED: Final = {"mps": ("float64", "complex128")}
"""By type of device, the dtypes that its tensors can't have."""
ENVIRONMENT: Final = {
    # TF32 keeps 10 of float32's 23 binary places; this holds whatever a student's code sets in torch.
    "NVIDIA_TF32_OVERRIDE": "0",
    # Without it, cuBLAS may sum in another order from one call to the next.
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
}
"""Variables that CUDA's libraries read once, when a process first uses them."""


GPU_SHARE_VARIABLE: Final = "GRADBOOK_GPU_SHARE"
"""The variable that tells a process in the sandbox to open the GPU, and its share of the GPU's memory."""
GPU_START_SECONDS: Final = 60.0
"""Timeout for that; this time is not charged to the student."""
MIN_GPU_BYTES: Final = 2 << 30
"""Bytes of a GPU's memory that a worker needs. CUDA itself takes a third; models of a course are small."""
GPU_OUT_OF_MEMORY: Final = ("CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED")
"""What torch's message contains when a GPU has no memory left."""
GPU_FAILED: Final = "CUDA error"
"""What torch's message contains when the GPU failed; every later CUDA call of this process fails, too."""


class NoSuchDevice(Exception):
    """The requested device does not exist on this machine."""


def device_option(text: str) -> str:
    """Return the value of `--device` if it may name a device; torch is not imported to find out.

    Raises:
        argparse.ArgumentTypeError: it can't.
    """
    if not SYNTAX.fullmatch(text):
        known = ", ".join(CHOICES)
        raise ArgumentTypeError(f"{text!r} names no device. Use {known}, or another of torch's: mps, cuda:1.")
    return text


def device_type(device: str) -> str:
    """Return the type of a device: "cuda" for "cuda:1"."""
    return device.partition(":")[0]


def lacked(device: str) -> tuple[str, ...]:
    """Return the dtypes that tensors can't have on a device. What has one is asked on the CPU."""
    return LACKED.get(device_type(device), ())


def devices_for(wanted: str) -> tuple[str, ...]:
    """Return the devices on which each question is asked.

    Args:
        wanted: a device of torch; "auto" for the accelerator, or the CPU if there is none; "all" for both.

    Raises:
        NoSuchDevice: the device is not there.
    """
    if wanted == CPU:
        return (CPU,)
    if wanted in {AUTO, ALL}:
        found = accelerator()
        both = (CPU, found) if found else (CPU,)
        return both if wanted == ALL else both[-1:]
    require_available(wanted)
    return (wanted,)


def accelerator() -> str | None:
    """Return the type of the device that this machine computes faster with; None if there is none."""
    import torch

    if torch.cuda.is_available():
        return CUDA
    found = torch.accelerator.current_accelerator() if torch.accelerator.is_available() else None
    return None if found is None else str(found.type)


def require_available(device: str) -> None:
    """Raise `NoSuchDevice` if torch can't use a device here."""
    import torch

    kind, _, number = device.partition(":")
    try:
        torch.device(device)
        module: Any = torch.get_device_module(kind)
        count = module.device_count() if module.is_available() else 0
    except (RuntimeError, AttributeError):
        count = 0
    if count <= int(number or 0):
        named = "CUDA" if kind == CUDA else kind
        which = f"{named} device number {number}" if number and count else f"{named} device"
        raise NoSuchDevice(
            f"--device {device}: there is no {which} here that torch {torch.__version__} can use. "
            "Leave the option out, or say --device cpu."
        )


def device_label(devices: tuple[str, ...]) -> str:
    """Return how a report names the devices of a run: "cpu", "cuda", "cpu+cuda"."""
    return "+".join(devices)


def open_gpu(share: float) -> None:
    """Start CUDA in this process, with this share of the GPU's memory, between 0 and 1.

    The share protects other processes from accidents, not from malice: code can change it.
    """
    import torch

    compute_exactly()
    torch.cuda.set_per_process_memory_fraction(share)
    torch.zeros(1, device=CUDA)


def compute_exactly() -> None:
    """Turn off what makes a GPU compute less exactly, or not reproducibly.

    An operation without a deterministic implementation still runs, without a warning.
    """
    import torch

    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", message=".* does not have a deterministic implementation")
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(mode=True, warn_only=True)
