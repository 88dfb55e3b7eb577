"""You ask a tensor for its grad that isn't a leaf: x * 1 is the result of an operation.

Autograd keeps gradients in leaves only, so that its grad is None. Differentiate at a leaf, which detach().clone()
makes (2.5.1, 5.1.2).

Fails: right_type
"""

import torch


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_() * 1
    f(x).sum().backward()
    return x.grad
