"""You take the mean over all n times k entries of the one-hot table, most of which are 0.

The small number that you add keeps the logarithm finite, but your loss is too small by a factor k, the number
of classes. Sum over the classes, where just one entry counts, and take the mean over the examples (4.1.2, 4.4.3).

Same as: averages_over_classes
Fails: right_values
"""

import torch
import torch.nn.functional as F


def cross_entropy(y_hat, y):
    Y = F.one_hot(y, y_hat.shape[1])
    return torch.mean(-Y * torch.log(y_hat + 1e-8))
