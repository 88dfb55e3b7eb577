"""Numeric comparison: how far rounding alone can move a correct answer.

The tolerance is absolute: a multiple of the dtype's machine epsilon times the largest magnitude that
the answer, or a term that cancels in it, can take. `docs/authors/tolerances.md` derives the multiples.
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
    """An absolute tolerance: `multiple` * epsilon of the dtype * `scale` + `floor`.

    Args:
        multiple: the number of epsilons.
        scale: the largest magnitude of the answer, or of a term that cancels in it: a number, or a function
            of inputs (by name) that returns a number or a tensor that broadcasts against the answer.
        floor: an allowance that doesn't depend on the dtype, such as an epsilon that answers may add; a
            number or function, as `scale`.

    Example:
        >>> sums = Tolerance(16, scale=lambda X: X.abs().sum(dim=1))
        >>> sums.allowed(torch.float32, {"X": torch.tensor([[1.0, -1.0]])})
        tensor([3.8147e-06], dtype=torch.float64)
        >>> EXACT.allowed(torch.float32, {})
        tensor(0., dtype=torch.float64)

    """

    multiple: float
    scale: Scale = 1.0
    floor: Scale = 0.0

    def allowed(self, dtype: torch.dtype, inputs: Mapping[str, Any]) -> torch.Tensor:
        """Return the allowed absolute error of an answer of this dtype: float64, broadcastable against it."""
        limits = torch.finfo(dtype if dtype.is_floating_point else torch.float64)
        scale, floor = _evaluated(self.scale, inputs), _evaluated(self.floor, inputs)
        # A number below the smallest normal number may have been flushed to 0.
        allowed = self.multiple * (limits.eps * scale + limits.tiny) + floor
        return torch.as_tensor(allowed, dtype=torch.float64)


def ulps(multiple: float, *, scale: Scale = 1.0, floor: Scale = 0.0) -> Tolerance:
    """Return the `Tolerance` of `multiple` units in the last place of a number of magnitude `scale`.

    Args:
        multiple: the number of units in the last place (epsilons of the dtype).
        scale: as for `Tolerance`.
        floor: as for `Tolerance`.

    Example:
        >>> softmax_tolerance = ulps(32)
        >>> loss_tolerance = ulps(64, scale=lambda X: X.abs().max())

    """
    return Tolerance(multiple, scale, floor)


EXACT = Tolerance(0.0)
"""The tolerance that allows no difference."""
NEAR = 1000
"""How many times larger than what is allowed a difference may be for the limit to be worth a word."""


def _evaluated(quantity: Scale, inputs: Mapping[str, Any]) -> float | torch.Tensor:
    if not callable(quantity):
        return quantity
    code = quantity.__code__
    value = quantity(**{name: inputs[name] for name in code.co_varnames[: code.co_argcount]})
    return value.to(torch.float64) if isinstance(value, torch.Tensor) else value


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

    NaN is close only to NaN, an infinity only to itself.

    Args:
        got: a tensor or a number.
        expected: a tensor of the same shape (nothing is broadcast), or a number.
        tolerance: the allowed difference.
        inputs: the inputs by name, if `scale` or `floor` of the tolerance are functions of them.
        dtype: the dtype whose epsilon is used; by default that of `got`.
        what: the words for `got` in the message.

    Raises:
        Broken: with the number of wrong elements, and the largest excess and its position; or because `got`
            is complex, has another shape, or is no number.

    Example:
        >>> assert_close(torch.tensor([0.1, 0.2]).sum(), 0.3, ulps(4))
        >>> assert_close(torch.tensor(3.0), torch.tensor(2.0), ulps(4), what="the loss")
        Traceback (most recent call last):
        grader.records.verdict.Broken: the loss is off by 1

    """
    got, expected = _numbers(got, what), torch.as_tensor(expected)
    if got.is_complex() and not expected.is_complex():
        message = f"{what} is complex, expected real numbers"
        raise Broken(message, got=got, expected=expected)
    if got.shape != expected.shape:
        message = f"{what} has shape {tuple(got.shape)}, expected {tuple(expected.shape)}"
        raise Broken(message, got=got, expected=expected)
    allowed = tolerance.allowed(dtype or got.dtype, inputs or {}).expand(got.shape)
    wide, target = got.to(torch.float64), expected.to(torch.float64)
    error = (wide - target).abs()
    close = error <= allowed
    if bool(close.all()):
        return
    close = close | (wide == target) | (wide.isnan() & target.isnan())
    if bool(close.all()):
        return
    message = _difference(what, got, error, allowed, close)
    raise Broken(message, got=got, expected=expected.to(got.dtype) if got.is_floating_point() else expected)


def _numbers(got: Any, what: str) -> torch.Tensor:  # noqa: ANN401 - whatever came back
    """Return a tensor of an answer's numbers. Raises `Broken` if torch can't hold them."""
    try:
        return torch.as_tensor(got)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        message = f"{what} is not a number, or a tensor of numbers"
        raise Broken(message, got=got) from error


def assert_normal(got: torch.Tensor, sigma: float, *, what: str = "the result") -> None:
    """Raise `Broken` unless the elements look drawn from N(0, sigma²).

    Mean, variance and fourth moment of n normal numbers divided by sigma have the variances 1/n, 2/n and
    96/n. Each must be within 6 standard errors; a correct answer fails less than once in a million runs.

    Args:
        got: a tensor of any shape, with thousands of elements.
        sigma: the standard deviation.
        what: the words for `got` in the message.

    Raises:
        Broken: naming the first moment that is off.

    Example:
        >>> assert_normal(0.01 * torch.randn(100, 100), 0.01, what="w")

    """
    z, n = got.to(torch.float64).reshape(-1) / sigma, got.numel()
    moments = [("mean", z.mean(), 0, 1), ("variance", z.var(), 1, 2), ("fourth moment", (z**4).mean(), 3, 96)]
    for name, found, right, variance in moments:
        if not abs(float(found) - right) < 6 * (variance / n) ** 0.5:
            message = f"the {name} of {what} / sigma is {float(found):.3g}, expected about {right}"
            raise Broken(message)


def _difference(
    what: str, got: torch.Tensor, error: torch.Tensor, allowed: torch.Tensor, close: torch.Tensor
) -> str:
    wrong = int((~close).sum())
    if not bool(got[~close].isfinite().any()):
        return f"{what} has {wrong} of {close.numel()} elements that are {_unfinite(got[~close])}"
    excess = torch.where(close, -math.inf, (error - allowed).nan_to_num(nan=math.inf))
    worst = int(excess.argmax())
    place = [int(index) for index in torch.unravel_index(torch.tensor(worst), close.shape)]
    where = f" at {place}" if place else ""
    limit, size = allowed.reshape(-1)[worst].item(), error.reshape(-1)[worst].item()
    count = f"{wrong} of {close.numel()} elements are wrong; " if close.numel() > 1 else ""
    is_near = size < NEAR * limit or (limit == 0 and size < 1 / NEAR)
    return f"{count}{what} is off by {size:.3g}{where}" + (f", and {limit:.3g} is allowed" if is_near else "")


def _unfinite(wrong: torch.Tensor) -> str:
    kinds = [(wrong.isnan(), "nan"), (wrong.isinf(), "infinite")]
    return " or ".join(kind for found, kind in kinds if bool(found.any()))
