"""You convert the scores to float32 first.

float32 is PyTorch's default, but a function that is given float64 should answer in float64: the digits that
conversion drops don't come back (2.1, 4.4.1).

Fails: right_dtype
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.float())
    return X_exp / X_exp.sum(dim=1, keepdim=True)
