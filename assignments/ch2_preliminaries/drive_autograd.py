"""2.5, beside the student's code: functions to differentiate, and a tensor that looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    Function = Callable[[torch.Tensor], torch.Tensor]

SCALARS: Final[dict[str, Function]] = {
    "2 x·x": lambda x: 2 * (x * x).sum(),
    "sum": torch.sum,
    "mean": torch.mean,
    "sum of x³ - x": lambda x: (x * x * x - x).sum(),
    "square of the first": lambda x: x.reshape(-1)[0] ** 2,
    "square of the sum": lambda x: x.sum() ** 2,
    "sum of sin": lambda x: torch.sin(x).sum(),
    "log-sum-exp": lambda x: torch.logsumexp(x.reshape(-1), dim=0),
}

ELEMENTWISE: Final[dict[str, Function]] = {
    "x²": lambda x: x * x,
    "x³": lambda x: x * x * x,
    "sin": torch.sin,
    "tanh": torch.tanh,
    "x|x|": lambda x: x * x.abs(),
    "3x + 1": lambda x: 3 * x + 1,
}


def bystander(
    gradient: Callable[[Function, torch.Tensor], torch.Tensor],
    name: str,
    x: torch.Tensor,
    learns: bool,
    holds: bool,
) -> tuple[torch.Tensor, torch.Tensor, bool, torch.Tensor]:
    """Ask for a gradient at a tensor that may require one, and whose `grad` may hold ones already.

    Return the answer, then the tensor's values, its `requires_grad` and `grad` (nan where it has none)
    afterwards.
    """
    given = x.clone().requires_grad_(learns)
    if holds:
        given.grad = torch.ones_like(x)
    answer = gradient(SCALARS[name], given)
    grad = torch.full_like(x, torch.nan) if given.grad is None else given.grad
    return answer, given, given.requires_grad, grad
