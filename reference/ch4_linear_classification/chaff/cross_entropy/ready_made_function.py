"""You let PyTorch's nll_loss, the negative log-likelihood loss as a function, do the work.

Its value is right, but the picking is somebody else's. Here the point is to write it yourself: pick the right
probabilities, take logarithms, a mean, a minus (4.4.3).

Same as: ready_made_module

Fails: from_scratch
"""

import torch.nn.functional as F


def cross_entropy(y_hat, y):
    return F.nll_loss(y_hat.log(), y)
