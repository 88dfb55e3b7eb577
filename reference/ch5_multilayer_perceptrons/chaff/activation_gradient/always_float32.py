"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it should
have, as torch.zeros makes it, or torch.tensor of Python's numbers, or the argument was converted first. Keep the
dtype of what you were given (2.1, 5.1.2).

Fails: right_dtype
"""

import torch


def activation_gradient(f, x):
    leaf = x.detach().float().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad
