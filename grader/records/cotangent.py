"""The cotangent of a gradient check, which is the same for the answer and for the oracle."""

from __future__ import annotations

import torch


def cotangent(shape: tuple[int, ...], seed: int) -> torch.Tensor:
    """Return the weights (float64) by which a result's elements are summed before differentiating.

    float32 represents them exactly, so that both sides use the same numbers whatever their dtype.
    """
    weights = torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float32)
    return weights.to(torch.float64)
