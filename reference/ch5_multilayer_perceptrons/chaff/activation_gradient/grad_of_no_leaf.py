"""You return None, not a gradient.

Perhaps a tensor is asked for its grad that isn't a leaf but the result of an operation: autograd keeps gradients in
leaves only. Differentiate at a leaf, which detach().clone() makes. Or a `return` is missing (2.5.1, 5.1.2).

Fails: right_type
"""

import torch


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_() * 1
    f(x).sum().backward()
    return x.grad
