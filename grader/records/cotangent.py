"""The cotangents of a gradient check, which are the same for the answer and for the oracle."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Sequence


def cotangent(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    """Return the weights (float64) by which a result's elements are summed before differentiating.

    float32 represents them exactly, so that both sides use the same numbers whatever their dtype.
    """
    weights = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float32)
    return weights.to(torch.float64)


def weighted_sum(results: Sequence[torch.Tensor], seed: int) -> torch.Tensor:
    """Return the sum of the elements of all results, each weighted by a cotangent of its own.

    Args:
        results: at least one tensor; the first one's cotangent is `cotangent(shape, seed)`.
        seed: the seed of the first cotangent; each further result has the next one.

    """
    first, *others = (
        (result * cotangent(tuple(result.shape), seed + place).to(result)).sum()
        for place, result in enumerate(results)
    )
    return sum(others, start=first)
