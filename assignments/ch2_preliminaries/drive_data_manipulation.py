"""2.1, beside the student's code: whose memory holds an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import torch


def in_place(function: Callable[..., Any], X: torch.Tensor, *others: Any) -> tuple[torch.Tensor, bool]:
    """Call a function that is to change X. Return what X's memory then holds, and whether X came back."""
    memory = X.detach()  # another tensor in the same memory, which stays there whatever becomes of X
    answer = function(X, *others)
    return memory, answer is X


def overwritten(to_numpy_and_back: Callable[..., Any], x: torch.Tensor, number: float) -> tuple[Any, Any]:
    """Return the array and the tensor made of x, after a number was written all over x."""
    array, tensor = to_numpy_and_back(x)
    x.fill_(number)
    return array, tensor
