"""2.1, beside the student's code: whose memory holds an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch


def memory_after(function: Callable[..., Any], X: torch.Tensor, *others: Any) -> torch.Tensor:
    """Return what the memory in which X lay holds after a call that is to change X."""
    memory = X.detach()  # another tensor in the same memory, which stays there whatever becomes of X
    function(X, *others)
    return memory


def overwritten(to_numpy_and_back: Callable[..., Any], x: torch.Tensor, number: float) -> tuple[Any, Any]:
    """Return the array and the tensor made of x, after a number was written all over x."""
    array, tensor = to_numpy_and_back(x)
    x.fill_(number)
    return array, tensor
