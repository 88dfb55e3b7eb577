"""You move each element a little, and divide by the step how much f has grown.

That is near the derivative, and exact only where f is a straight line. Automatic differentiation is exact everywhere,
and goes back once (2.5.1).

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
