"""You convert X to float32 first.

float32 is PyTorch's default, but a function that is given float64 should answer in float64: the digits that conversion
drops don't come back (2.1, 5.1.2.2).

Fails: right_dtype
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(-X.to(torch.float32)))
