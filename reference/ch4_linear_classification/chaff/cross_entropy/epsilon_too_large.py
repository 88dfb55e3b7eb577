"""You add 0.01 inside the logarithm.

That keeps it away from log 0, but changes the loss of every example, and lets it become negative. 1e-6 or less
protects as well, and is hardly seen in the result (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y] + 0.01).mean()
