"""Goes back by the protocol that libraries share tensors with."""

import torch


def to_numpy_and_back(x):
    A = x.view(-1).numpy().reshape(tuple(x.shape))
    return A, torch.from_dlpack(A)
