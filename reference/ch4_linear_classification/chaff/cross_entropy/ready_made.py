"""You let PyTorch's own cross-entropy do the work.

Its value is right on logarithms of probabilities, and outside this exercise such a loss is what you should use. Here
the point is to write it yourself: pick the right probabilities, take logarithms, a mean, a minus (4.4.3).

Fails: from_scratch
"""

import torch
import torch.nn.functional as F


def cross_entropy(y_hat, y):
    return F.cross_entropy(torch.log(y_hat), y)
