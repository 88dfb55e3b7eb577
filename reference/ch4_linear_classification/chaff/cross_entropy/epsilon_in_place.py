"""You add a small number to y_hat itself: `+=` works in place.

The loss is right, but whoever called you has other probabilities afterwards, and more so with each call. `y_hat + 1e-7` makes a
new tensor (2.1.5, 4.4.3).

Fails: leaves_arguments_alone
"""

import torch


def cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    y_hat += 1e-7
    right = y_hat.gather(1, y.reshape(-1, 1).long())
    return -right.log().mean()
