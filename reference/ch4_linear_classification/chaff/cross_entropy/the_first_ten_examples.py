"""Your loss is about the first examples of the batch only.

A small batch hides that. All examples count, however many there are: len(y_hat) says it (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    losses = [-torch.log(y_hat[i, y[i]]) for i in range(min(10, len(y)))]
    return torch.stack(losses).mean()
