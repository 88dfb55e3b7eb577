"""You collect the losses in a float32 tensor, whatever the dtype of the probabilities is.

torch.zeros makes float32 unless it is told otherwise, and the digits that it drops don't come back. Let the result
have the dtype of y_hat (2.1, 4.4.3).

Fails: right_dtype
"""

import torch


def cross_entropy(y_hat, y):
    losses = torch.zeros(len(y))
    for i in range(len(y)):
        losses[i] = -torch.log(y_hat[i, y[i]])
    return losses.mean()
