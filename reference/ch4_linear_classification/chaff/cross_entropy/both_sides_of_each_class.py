"""You also add log(1 - p) of the wrong classes.

That is the loss of a yes-or-no question for each class. With classes that exclude each other, the wrong ones
matter only through the probability that they leave to the right one (4.1.2, 4.4.3).

Fails: right_values
"""

import torch
import torch.nn.functional as F


def cross_entropy(y_hat, y):
    Y = F.one_hot(y, y_hat.shape[1]).bool()
    right, wrong = y_hat[Y], y_hat[~Y].reshape(len(y), -1)
    return -(torch.log(right) + torch.log(1 - wrong).sum(dim=1)).mean()
