"""Your loss is minus the logarithm of the mean probability, not the mean of -log p.

For a single example that is the same. In general the logarithm of a mean is larger than the mean of the logarithms
(Jensen's inequality): take the logarithm of each probability, then the mean (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y].mean())
