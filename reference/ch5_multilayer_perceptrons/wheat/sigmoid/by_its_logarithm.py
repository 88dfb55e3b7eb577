"""Through the logarithm: exp(-log(1 + exp(-x)))."""

import torch


def sigmoid(X):
    return torch.exp(-torch.log1p(torch.exp(-X)))
