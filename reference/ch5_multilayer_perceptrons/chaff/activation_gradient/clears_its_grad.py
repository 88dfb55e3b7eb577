"""Your function makes x.grad lose what it held.

Perhaps it is set to None, so that nothing is added up; but what your caller had collected there is gone.
Differentiate at a copy (2.5.1, 5.1.2).

Fails: x_stays_as_it_is
"""

import torch


def activation_gradient(f, x):
    x.grad = None
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(f(leaf).sum(), leaf)[0]
