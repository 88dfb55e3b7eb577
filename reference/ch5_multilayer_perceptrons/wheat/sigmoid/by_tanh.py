"""Half of 1 + tanh(x / 2): never overflows. Other activations are fine."""

import torch


def sigmoid(X):
    return 0.5 * (1 + torch.tanh(X / 2))
