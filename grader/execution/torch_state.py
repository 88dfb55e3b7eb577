"""What code can set in torch for a whole process: kept apart where a student's code and judges share one.

At a student's desk `torch.set_default_dtype(torch.float64)` would reach the oracles, and a forgotten
`torch.set_grad_enabled(False)` would leave them without gradients; behind the wall neither does.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple

import torch

if TYPE_CHECKING:
    from collections.abc import Iterator


class TorchState(NamedTuple):
    """The settings that change what later calls of torch give back."""

    dtype: torch.dtype
    gradients: bool
    device: torch.device


def current() -> TorchState:
    """Return the settings as they are now."""
    return TorchState(torch.get_default_dtype(), torch.is_grad_enabled(), torch.get_default_device())


def put(state: TorchState) -> None:
    """Set what differs."""
    now = current()
    if state.device != now.device:  # first: while a device is set, every call of torch takes longer
        torch.set_default_device(None if state.device.type == "cpu" else state.device)
    if state.dtype != now.dtype:
        torch.set_default_dtype(state.dtype)
    if state.gradients != now.gradients:
        torch.set_grad_enabled(state.gradients)


class Apart:
    """Settings of their own for one program: they come with it, and go with it."""

    def __init__(self) -> None:
        self.theirs = current()

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        """Let the program's settings hold in the block, and keep what it makes of them."""
        ours = current()
        put(self.theirs)
        try:
            yield
        finally:
            self.theirs = current()
            put(ours)
