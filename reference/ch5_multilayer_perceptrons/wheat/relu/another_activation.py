"""A leaky ReLU that doesn't leak: other activations are fine."""

import torch.nn.functional as F


def relu(X):
    return F.leaky_relu(X, negative_slope=0.0)
