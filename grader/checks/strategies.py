"""Hypothesis strategies for inputs: dtypes, tensors, logits, class probabilities with labels."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import torch
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import SearchStrategy

SMALL: Final = 2.0**-10
MAX_CACHED: Final = 4096
"""The number of strategies that are cached: to create one takes longer than to draw from it."""


@cache
def dtypes() -> SearchStrategy[torch.dtype]:
    """Return a strategy for floating-point dtypes: `torch.float32` and `torch.float64`.

    Example:
        >>> given = {"dtype": dtypes()}

    """
    return st.sampled_from([torch.float32, torch.float64])


def tensors(
    *,
    dims: tuple[int, int] = (0, 3),
    sizes: tuple[int, int] = (1, 5),
    low: float = -30.0,
    high: float = 30.0,
    shape: Sequence[int] | None = None,
    dtype: torch.dtype | None = None,
    nonzero: bool = False,
) -> SearchStrategy[torch.Tensor]:
    """Return a strategy for floating-point tensors with elements between `low` and `high`.

    Elements are mostly unrelated numbers. Some tensors have equal elements only, some have elements at or
    near 0.

    Args:
        dims: the lowest and the highest number of axes.
        sizes: the lowest and the highest size of an axis.
        low: the lowest element.
        high: the highest element.
        shape: this shape, instead of `dims` and `sizes`.
        dtype: this dtype, instead of `dtypes()`.
        nonzero: whether all elements must be at least 2**-10 in magnitude.

    Example:
        >>> given = {"X": tensors(dims=(2, 2)), "w": tensors(shape=(3,), low=0.0, dtype=torch.float32)}

    """
    exact = None if shape is None else tuple(shape)
    return _tensors(dims, sizes, low, high, exact, dtype, nonzero)


@lru_cache(MAX_CACHED)
@st.composite
def _tensors(
    draw: st.DrawFn,
    dims: tuple[int, int],
    sizes: tuple[int, int],
    low: float,
    high: float,
    shape: Sequence[int] | None,
    dtype: torch.dtype | None,
    nonzero: bool,  # noqa: FBT001 - the arguments are the cache's key
) -> torch.Tensor:
    if shape is None:
        count = draw(st.integers(*dims))
        shape = [draw(st.integers(*sizes)) for _ in range(count)]
    kind = dtype or draw(dtypes())
    total = 1
    for size in shape:
        total *= size
    numbers = draw(_numbers(total, low, high, nonzero=nonzero))
    return torch.tensor(numbers, dtype=kind).reshape(tuple(shape))


@lru_cache(MAX_CACHED)
def _numbers(count: int, low: float, high: float, *, nonzero: bool) -> SearchStrategy[list[float]]:
    """Return a strategy for `count` numbers: unrelated ones, equal ones, or some of them nearly 0."""
    elements = st.floats(low, high, width=32, allow_nan=False, allow_subnormal=False)
    if nonzero:
        elements = elements.filter(lambda number: abs(number) >= SMALL)
    flavours = [st.lists(elements, min_size=count, max_size=count), elements.map(lambda one: [one] * count)]
    if low <= 0 <= high and not nonzero:
        near = st.floats(max(low, -SMALL), min(high, SMALL), width=32, allow_subnormal=False)
        flavours.append(st.lists(st.one_of(st.just(0.0), near, elements), min_size=count, max_size=count))
    return st.one_of(flavours)


def logits(
    *,
    rows: tuple[int, int] = (1, 5),
    classes: tuple[int, int] = (1, 6),
    low: float = -30.0,
    high: float = 30.0,
) -> SearchStrategy[torch.Tensor]:
    """Return a strategy for logits (n, classes): floating-point tensors, one row for each example.

    Args:
        rows: the lowest and the highest n.
        classes: the lowest and the highest number of classes.
        low: the lowest element.
        high: the highest element.

    Example:
        >>> given = {"X": logits(classes=(2, 10))}

    """
    return st.tuples(st.integers(*rows), st.integers(*classes)).flatmap(
        lambda shape: tensors(shape=shape, low=low, high=high)
    )


@st.composite
def predictions(
    draw: st.DrawFn, *, rows: tuple[int, int] = (1, 6), classes: tuple[int, int] = (1, 6)
) -> tuple[torch.Tensor, torch.Tensor]:
    """Draw class probabilities (n, classes) and labels (n,), as a tuple.

    The correct class has a probability of at least 1e-3, and no class has 0: so the sum over all classes of
    one-hot(y) * log(y_hat), also a correct answer, is finite.

    Args:
        draw: given by Hypothesis.
        rows: the lowest and the highest n.
        classes: the lowest and the highest number of classes.

    Example:
        >>> given = {"y_hat, y": predictions(rows=(2, 4))}

    """
    n, k = draw(st.integers(*rows)), draw(st.integers(*classes))
    kind = draw(dtypes())
    weight = st.floats(SMALL, 1.0, width=32)
    labels = draw(st.lists(st.integers(0, k - 1), min_size=n, max_size=n))
    table = torch.tensor(
        [draw(st.lists(weight, min_size=k, max_size=k)) for _ in range(n)], dtype=torch.float64
    ).reshape(n, k)
    rows_of = torch.arange(n)
    table[rows_of, labels] = table[rows_of, labels].clamp(min=1e-2)
    share = table / table.sum(dim=1, keepdim=True)
    share[rows_of, labels] = share[rows_of, labels].clamp(min=2e-3)
    return (share / share.sum(dim=1, keepdim=True)).to(kind), torch.tensor(labels)


def any_of(*choices: Any) -> SearchStrategy[Any]:  # noqa: ANN401
    """Return a strategy for one of the given values; failures shrink towards the first.

    Example:
        >>> given = {"lr": any_of(0.1, 0.03), "shuffle": any_of(False, True)}

    """
    return st.sampled_from(list(choices))
