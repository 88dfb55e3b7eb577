"""You return the logarithm of the number of classes, whatever was predicted.

That is the loss of a model that gives all classes the same probability, and about where training starts. A function
must use its arguments: the better the prediction, the smaller the loss (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return torch.log(torch.full_like(y_hat, y_hat.shape[1])).mean()
