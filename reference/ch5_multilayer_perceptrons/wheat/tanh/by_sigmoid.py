"""2 sigmoid(2x) - 1: never overflows. Other activations are fine."""

import torch


def tanh(X):
    return 2 * torch.sigmoid(2 * X) - 1
