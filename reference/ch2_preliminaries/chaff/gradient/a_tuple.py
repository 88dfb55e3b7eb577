"""You return a tuple with the gradient in it.

torch.autograd.grad gives such a tuple: a gradient for each input asked about, even if it is only one. Take
the first (2.5.1).

Fails: right_type
"""

import torch


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf), leaf)
