"""Where tensors live: which devices a run asks its questions on, and how a GPU is made to compute exactly.

torch is imported only when it is asked: the options of a command line are read without it.
"""

from __future__ import annotations

import os
import warnings
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    import torch

Device = Literal["cpu", "cuda", "auto", "all"]

CHOICES: Final[tuple[Device, ...]] = get_args(Device)
CPU: Final = "cpu"
CUDA: Final = "cuda"
ENVIRONMENT: Final = {
    # TF32 keeps 10 of float32's 23 binary places; this holds whatever a student's code sets in torch.
    "NVIDIA_TF32_OVERRIDE": "0",
    # Without it, cuBLAS may add up in another order from one call to the next.
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
}
"""What the libraries of CUDA read once, when a process first uses them."""


SHARE: Final = "GRADBOOK_GPU_SHARE"
"""The variable that tells a process behind the wall to open the GPU, and its part of the GPU's memory."""
OPENING_SECONDS: Final = 60.0
"""How long that may take; it is nobody's time but the grader's."""
ROOM: Final = 2 << 30
"""Bytes of a GPU's memory that a process needs: a third goes to CUDA itself, models of a course are small."""
EXHAUSTED: Final = ("CUDA out of memory", "CUDA error: out of memory", "CUBLAS_STATUS_ALLOC_FAILED")
"""How torch says that a GPU has no memory left."""
BROKEN: Final = "CUDA error"
"""How torch says that the GPU gave up; from then on it does so in every call of this process."""


class NoSuchDevice(Exception):
    """The device that was asked for isn't there."""


def chosen(wanted: Device) -> tuple[str, ...]:
    """Return the devices on which each question is asked: "all" are all that there are, "auto" is the best.

    Raises `NoSuchDevice`.
    """
    if wanted == CPU:
        return (CPU,)
    import torch

    there = torch.cuda.is_available()
    if wanted == CUDA and not there:
        raise NoSuchDevice(
            f"--device cuda: there is no CUDA device here that torch {torch.__version__} can use. "
            "Leave the option out, or say --device cpu."
        )
    if wanted == "all":
        return (CPU, CUDA) if there else (CPU,)
    return (CUDA,) if there else (CPU,)


def named(devices: tuple[str, ...]) -> str:
    """Return how a report names the devices of a run: "cpu", "cuda", "cpu+cuda"."""
    return "+".join(devices)


def open_gpu(share: float) -> None:
    """Start CUDA in this process, which may take so much of the GPU's memory, between 0 and 1.

    The share keeps accidents apart; code that wants more can set another one.
    """
    import torch

    compute_exactly()
    torch.cuda.set_per_process_memory_fraction(share)
    torch.zeros(1, device=CUDA)


def compute_exactly() -> None:
    """Switch off what makes a GPU compute faster and less exactly, or otherwise from call to call.

    Where an operation has no deterministic form, torch does it as it can, and would warn of it.
    """
    import torch

    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    warnings.filterwarnings("ignore", message=".* does not have a deterministic implementation")
    torch.set_float32_matmul_precision("highest")
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.use_deterministic_algorithms(mode=True, warn_only=True)


def moved(thing: Any, device: torch.device) -> Any:  # noqa: ANN401 - a model, of whatever class
    """Put a model on a device, and return it: parameters, buffers, and tensors that are plain attributes.

    Not every function that makes tensors heeds `with torch.device(...)`: `torch.normal` doesn't, with which
    the book begins its weights.
    """
    import torch

    if device.type == CPU:
        return thing
    if isinstance(thing, torch.nn.Module):
        thing.to(device)
    for name, value in list(vars(thing).items()):
        if isinstance(value, torch.Tensor):
            learns = value.requires_grad
            setattr(thing, name, value.detach().to(device).requires_grad_(learns))
    return thing
