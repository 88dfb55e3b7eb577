"""Devices: which ones a run uses, and how to make a GPU compute exactly and reproducibly.

torch is imported only within functions: the command line parses its options without it.
"""

from __future__ import annotations

import os
import warnings
from typing import Final, Literal, get_args

Device = Literal["cpu", "cuda", "auto", "all"]

CHOICES: Final[tuple[Device, ...]] = get_args(Device)
CPU: Final = "cpu"
CUDA: Final = "cuda"
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


def devices_for(wanted: Device) -> tuple[str, ...]:
    """Return the devices on which each question is asked: "all" is all available ones, "auto" the best one.

    Raises `NoSuchDevice`.
    """
    if wanted == CPU:
        return (CPU,)
    import torch

    available = torch.cuda.is_available()
    if wanted == CUDA and not available:
        raise NoSuchDevice(
            f"--device cuda: there is no CUDA device here that torch {torch.__version__} can use. "
            "Leave the option out, or say --device cpu."
        )
    if wanted == "all":
        return (CPU, CUDA) if available else (CPU,)
    return (CUDA,) if available else (CPU,)


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
