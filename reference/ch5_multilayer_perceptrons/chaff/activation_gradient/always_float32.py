"""You copy x into a float32 tensor.

The leaf of your own needs x's dtype, too: the digits that are dropped don't come back (2.1, 5.1.2).

Fails: right_dtype
"""

import torch


def activation_gradient(f, x):
    leaf = x.detach().float().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad
