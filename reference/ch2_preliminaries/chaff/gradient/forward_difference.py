"""Your numbers are near the derivatives, as the growth of f over a small step is.

In general a growth divided by its step is the slope only where f is a straight line. Automatic
differentiation is exact up to rounding, and goes back once (2.5.1).

Same as: finite_difference

Fails: right_values
"""

import torch


def gradient(f, x):
    x, h = x.detach(), 1e-3
    found = torch.zeros_like(x)
    for i in range(x.numel()):
        moved = x.clone()
        moved.view(-1)[i] += h
        found.view(-1)[i] = (f(moved) - f(x)) / h
    return found
