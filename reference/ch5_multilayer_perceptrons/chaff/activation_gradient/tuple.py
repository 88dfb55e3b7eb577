"""You return a tuple with the gradient in it.

torch.autograd.grad gives one: it has a gradient for each input asked about, even if it is only one. Take the first
(2.5, 5.1.2).

Fails: right_type
"""

import torch


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x)
