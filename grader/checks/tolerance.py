"""When two results are the same: how far rounding alone can move a right answer.

The tolerance is absolute: a multiple of the dtype's machine epsilon times the largest magnitude that
the answer, or a term that cancels in it, can take. `docs/tolerances.md` derives the multiples.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Scale = float | Callable[..., float | torch.Tensor]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """`multiple` times the epsilon of the dtype times `scale`, plus `floor` for what answers may add.

    `scale` and `floor` are numbers, or functions of the inputs that return a number or a tensor that
    broadcasts against the answer.
    """

    multiple: float
    scale: Scale = 1.0
    floor: Scale = 0.0

    def allowed(self, dtype: torch.dtype, inputs: Mapping[str, Any]) -> torch.Tensor:
        """Return how far (float64, broadcastable) an answer of this dtype may be from the oracle."""
        limits = torch.finfo(dtype if dtype.is_floating_point else torch.float64)
        scale, floor = _of(self.scale, inputs), _of(self.floor, inputs)
        # What is smaller than the smallest normal number may have been flushed to 0.
        allowed = self.multiple * (limits.eps * scale + limits.tiny) + floor
        return torch.as_tensor(allowed, dtype=torch.float64)


def ulps(multiple: float, *, scale: Scale = 1.0, floor: Scale = 0.0) -> Tolerance:
    """Return a tolerance of so many units in the last place of a number of magnitude `scale`."""
    return Tolerance(multiple, scale, floor)


EXACT = Tolerance(0.0)


def _of(quantity: Scale, inputs: Mapping[str, Any]) -> float | torch.Tensor:
    if not callable(quantity):
        return quantity
    code = quantity.__code__
    asked = quantity(**{name: inputs[name] for name in code.co_varnames[: code.co_argcount]})
    return asked.to(torch.float64) if isinstance(asked, torch.Tensor) else asked


def assert_close(
    got: Any,  # noqa: ANN401 - a tensor or a number
    expected: Any,  # noqa: ANN401
    tolerance: Tolerance,
    *,
    inputs: Mapping[str, Any] | None = None,
    dtype: torch.dtype | None = None,
    what: str = "the result",
) -> None:
    """Raise `Broken` unless `got` is within the tolerance of `expected`, element by element.

    The epsilon is that of `dtype`, by default `got`'s own. NaN is close to NaN only, an infinity to
    itself only. Sizes must agree: nothing is broadcast.
    """
    got, expected = torch.as_tensor(got), torch.as_tensor(expected)
    if got.shape != expected.shape:
        message = f"{what} has shape {tuple(got.shape)}, expected {tuple(expected.shape)}"
        raise Broken(message, got=got, expected=expected)
    allowed = tolerance.allowed(dtype or got.dtype, inputs or {}).expand(got.shape)
    wide, target = got.to(torch.float64), expected.to(torch.float64)
    error = (wide - target).abs()
    fine = error <= allowed
    if bool(fine.all()):
        return
    fine = fine | (wide == target) | (wide.isnan() & target.isnan())
    if bool(fine.all()):
        return
    message = _difference(what, got, error, allowed, fine)
    raise Broken(message, got=got, expected=expected.to(got.dtype) if got.is_floating_point() else expected)


def assert_normal(got: torch.Tensor, sigma: float, *, what: str = "the result") -> None:
    """Raise `Broken` unless the elements look drawn from N(0, sigma²).

    Mean, variance and fourth moment of n normal numbers over sigma have the variances 1/n, 2/n and 96/n;
    each must be within 6 standard errors, which a right answer misses less than once in a million times.
    """
    z, n = got.to(torch.float64).reshape(-1) / sigma, got.numel()
    moments = [("mean", z.mean(), 0, 1), ("variance", z.var(), 1, 2), ("fourth moment", (z**4).mean(), 3, 96)]
    for name, found, right, variance in moments:
        if not abs(float(found) - right) < 6 * (variance / n) ** 0.5:
            message = f"the {name} of {what} / sigma is {float(found):.3g}, expected about {right}"
            raise Broken(message)


def _difference(
    what: str, got: torch.Tensor, error: torch.Tensor, allowed: torch.Tensor, fine: torch.Tensor
) -> str:
    wrong = int((~fine).sum())
    if not bool(got[~fine].isfinite().any()):
        return f"{what} has {wrong} of {fine.numel()} elements that are {_unfinite(got[~fine])}"
    excess = torch.where(fine, -math.inf, (error - allowed).nan_to_num(nan=math.inf))
    worst = int(excess.argmax())
    place = [int(index) for index in torch.unravel_index(torch.tensor(worst), fine.shape)]
    where = f" at {place}" if place else ""
    limit, size = allowed.reshape(-1)[worst].item(), error.reshape(-1)[worst].item()
    count = f"{wrong} of {fine.numel()} elements are wrong; " if fine.numel() > 1 else ""
    return f"{count}{what} is off by {size:.3g}{where}, and {limit:.3g} is allowed"


def _unfinite(wrong: torch.Tensor) -> str:
    kinds = [(wrong.isnan(), "nan"), (wrong.isinf(), "infinite")]
    return " or ".join(kind for found, kind in kinds if bool(found.any()))
