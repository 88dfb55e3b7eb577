"""Your function changes y_hat itself, as if a small number were added to it.

Perhaps by `+=`, which works in place: whoever called you has other numbers in y_hat afterwards. `y_hat + 1e-7` makes
a new tensor (2.1.5, 4.4.3).

Fails: leaves_arguments_alone
"""

import torch


def cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    y_hat += 1e-7
    right = y_hat.gather(1, y.reshape(-1, 1).long())
    return -right.log().mean()
