"""Process-wide settings of torch, separate for a student's code and for judges in the same process.

On the student's machine `torch.set_default_dtype(torch.float64)` would affect the oracles, and a forgotten
`torch.set_grad_enabled(False)` would leave them without gradients. In the sandbox neither can happen. While a
student's code runs, nothing is compiled (`grader.execution.without_compilers`).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, NamedTuple

import torch

from grader.execution.without_compilers import without_compilers

if TYPE_CHECKING:
    from collections.abc import Iterator


class TorchState(NamedTuple):
    """The settings that change the results of later calls of torch."""

    dtype: torch.dtype
    gradients: bool
    device: torch.device


FRESH: Final = TorchState(torch.float32, gradients=True, device=torch.device("cpu"))
"""The settings with which torch starts."""


def current() -> TorchState:
    """Return the current settings."""
    return TorchState(torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_default_device())


def put(state: TorchState) -> None:
    """Change the settings to these."""
    now = current()
    if state.device != now.device:  # first: while a device is set, every call of torch takes longer
        torch.set_default_device(None if state.device.type == "cpu" else state.device)
    if state.dtype != now.dtype:
        torch.set_default_dtype(state.dtype)
    if state.gradients != now.gradients:
        torch.set_grad_enabled(state.gradients)


class SeparateTorchState:
    """The settings of one program, which hold only while it runs."""

    def __init__(self) -> None:
        self.state = current()

    @contextlib.contextmanager
    def active(self) -> Iterator[None]:
        """Use the program's settings in the block, and store what it changes them to."""
        previous = current()
        put(self.state)
        try:
            with without_compilers():
                yield
        finally:
            self.state = current()
            put(previous)
