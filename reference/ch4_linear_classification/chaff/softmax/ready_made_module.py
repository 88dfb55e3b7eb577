"""You let PyTorch's log-softmax do the work.

Its exponential has the right values, but it is a softmax that somebody else wrote. Here the point is to write it
yourself: an exponential, a sum along each row, a division (4.4.1).

Fails: from_scratch
"""

import torch
from torch import nn


def softmax(X):
    return torch.exp(nn.LogSoftmax(dim=-1)(X))
