"""5.1, beside the student's code: functions to differentiate, slopes, and a tensor that looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

FUNCTIONS: Final[dict[str, Function]] = {
    "relu": lambda x: x.clamp(min=0),
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "sin": torch.sin,
    "x²": torch.square,
    "x³": lambda x: x * x * x,
    "x|x|": lambda x: x * x.abs(),
    "3x + 1": lambda x: 3 * x + 1,
    "x": lambda x: x,
}


def slope(activation: Function, X: torch.Tensor) -> torch.Tensor:
    """Return the derivative of an activation at every element of X."""
    leaf = X.clone().requires_grad_()
    return torch.autograd.grad(activation(leaf).sum(), leaf)[0]


def curve(activation: Function, X: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the values of an activation and its derivative; nan, where no gradient reaches X."""
    leaf = X.clone().requires_grad_()
    values = activation(leaf)
    if not values.requires_grad:
        return values, torch.full_like(X, torch.nan)
    (slopes,) = torch.autograd.grad(values.sum(), leaf, allow_unused=True)
    return values.detach(), torch.full_like(X, torch.nan) if slopes is None else slopes


def overwritten(activation: Function, X: torch.Tensor) -> torch.Tensor:
    """Return X after something else was written into an activation of it."""
    activation(X).fill_(-1)
    return X


def bystander(
    activation_gradient: Callable[[Function, torch.Tensor], torch.Tensor],
    name: str,
    x: torch.Tensor,
    learns: bool,
    is_leaf: bool,
) -> tuple[torch.Tensor, torch.Tensor, bool, torch.Tensor]:
    """Ask for a gradient at a tensor, or at one computed from it, whose `grad` holds ones if it learns.

    Return the answer, then the tensor's values, `requires_grad` and `grad` (0 where it has none) afterwards.
    """
    leaf = x.clone().requires_grad_(learns)
    if learns:
        leaf.grad = torch.ones_like(x)
    given = leaf if is_leaf else 1 * leaf
    answer = activation_gradient(FUNCTIONS[name], given)
    grad = torch.zeros_like(x) if leaf.grad is None else leaf.grad
    return answer, given, given.requires_grad, grad
