"""You call PyTorch's layer nn.LogSoftmax and exponentiate what it gives.

Its values are right, but it is a softmax that somebody else wrote. Here the point is to write it yourself: an
exponential, a sum along each row, a division (4.4.1).

Fails: from_scratch
"""

import torch
from torch import nn


def softmax(X):
    return torch.exp(nn.LogSoftmax(dim=-1)(X))
