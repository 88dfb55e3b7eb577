"""A single pass forwards, along a vector of ones."""

import torch


def elementwise_gradient(f, x):
    x = x.detach()
    _, slopes = torch.func.jvp(f, (x,), (torch.ones_like(x),))
    return slopes
