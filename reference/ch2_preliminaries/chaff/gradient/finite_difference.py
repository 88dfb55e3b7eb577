"""Your numbers are near the derivatives, but not exact, as differences over a small step are.

With a small step rounding spoils the difference, with a large one the curve bends. Automatic differentiation
is exact up to rounding, and goes back once (2.5.1).

Fails: right_values
"""

import torch


def gradient(f, x):
    x, h = x.detach(), 1e-3
    found = torch.zeros_like(x)
    for i in range(x.numel()):
        step = torch.zeros_like(x)
        step.view(-1)[i] = h
        found.view(-1)[i] = (f(x + step) - f(x - step)) / (2 * h)
    return found
