"""Your loss is k times too small, for k classes, apart from a small number in the logarithm.

Usually the mean is taken over all n times k entries of the one-hot table. Sum over the classes, where just one entry
counts, and take the mean over the examples (4.1.2, 4.4.3).

Same as: averages_over_classes
Fails: right_values
"""

import torch
import torch.nn.functional as F


def cross_entropy(y_hat, y):
    Y = F.one_hot(y, y_hat.shape[1])
    return torch.mean(-Y * torch.log(y_hat + 1e-8))
