"""Afterwards x requires a gradient, and your result is what x.grad holds then.

What it held before is part of that, for backward adds. The book differentiates at an x of its own; this one is your
caller's. Differentiate at a copy: x.detach().clone() (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""

import torch


def activation_gradient(f, x):
    x.requires_grad_(True)
    f(x).backward(torch.ones_like(x))
    return x.grad
