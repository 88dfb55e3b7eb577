"""You call PyTorch's own softmax.

Its values are right, and outside this exercise it is what you should use. Here the point is to write it yourself:
an exponential, a sum along each row, a division (4.4.1).

Fails: from_scratch
"""

import torch.nn.functional as F


def softmax(X):
    return F.softmax(X, dim=1)
