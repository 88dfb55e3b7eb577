"""A loop over the elements, put together again by stack."""

import torch


def tanh(X):
    values = []
    for x in X.reshape(-1):
        a, b = torch.exp(x), torch.exp(-x)
        values.append((a - b) / (a + b))
    return torch.stack(values).reshape(X.shape)
