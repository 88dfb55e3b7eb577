"""Afterwards, x doesn't require a gradient any more, whether or not it did before.

Usually requires_grad is switched on and off again at x itself. It seems tidy, but where x learned already, it
doesn't any more: what your caller computes from it is no longer recorded. Differentiate at a copy:
x.detach().clone() (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""

import torch


def activation_gradient(f, x):
    x.requires_grad_(True)
    gradient = torch.autograd.grad(f(x).sum(), x)[0]
    x.requires_grad_(False)
    return gradient
