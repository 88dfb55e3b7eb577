"""A loop over the elements, put together again by stack."""

import torch


def relu(X):
    elements = [x if x > 0 else x * 0 for x in X.flatten()]
    return torch.stack(elements).reshape(X.shape)
