"""3.1, beside the student's code: additions counted, a race, and points along a distribution's axis."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch.utils._python_dispatch import TorchDispatchMode

if TYPE_CHECKING:
    from collections.abc import Callable

    Addition = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

LENGTH: Final = 10_000
ROUNDS: Final = 5
CALLS: Final = 6
TIMES: Final = 20
POINTS: Final = 1001
SUMS: Final = frozenset(
    {"add", "sub", "rsub", "sum", "addcmul", "addcdiv", "lerp", "mm", "mv", "addmm", "addmv"}
)
"""Operations that add numbers, as torch calls them beneath its functions and operators."""


class Additions(TorchDispatchMode):
    """Counts operations that add: how many result in one number, how many in several."""

    def __init__(self) -> None:
        super().__init__()
        self.single = self.several = 0

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        if func.overloadpacket.__name__.rstrip("_") in SUMS and isinstance(result, torch.Tensor):
            self.single += result.numel() == 1
            self.several += result.numel() > 1
        return result


def loops(add: Addition, a: torch.Tensor, b: torch.Tensor) -> bool:
    """Return whether `add` adds in a loop: as often as there are elements, or numbers that aren't tensors."""
    with Additions() as additions:
        add(a, b)
    return max(additions.single, additions.several) >= len(a) or additions.single == additions.several == 0


def loop(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Add two vectors by a loop over numbers of Python, which is many times as fast as one over tensors."""
    x, y, total = a.tolist(), b.tolist(), []
    for i in range(len(x)):
        total.append(x[i] + y[i])  # noqa: PERF401 - a plain loop, as it is meant
    return torch.tensor(total)


def raced(add: Addition) -> tuple[torch.Tensor, bool]:
    """Return the sum of 0, 1, 2, … and ones, and whether `add` is that many times as fast as the loop.

    Whoever else uses the machine slows down some calls of either, and the first call after the loop finds
    nothing of its own in the processor's caches; the fastest of several is its own time.
    """
    a, b = torch.arange(LENGTH, dtype=torch.float32), torch.ones(LENGTH)
    answer = add(a, b)
    slow = fast = float("inf")
    for _ in range(ROUNDS):
        slow = min(slow, seconds(loop, a, b))
        fast = min(fast, *(seconds(add, a, b) for _ in range(CALLS)))
    return answer, slow >= TIMES * fast


def seconds(add: Addition, a: torch.Tensor, b: torch.Tensor) -> float:
    """Return how long one addition takes."""
    begin = time.perf_counter()
    add(a, b)
    return time.perf_counter() - begin


def around(mu: float, sigma: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return evenly spaced points within ten standard deviations of the mean."""
    return np.linspace(mu - 10 * sigma, mu + 10 * sigma, POINTS)
