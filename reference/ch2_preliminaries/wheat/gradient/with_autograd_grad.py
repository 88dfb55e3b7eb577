"""torch.autograd.grad on a detached leaf that shares x's numbers."""

import torch


def gradient(f, x):
    leaf = x.detach().requires_grad_()
    (found,) = torch.autograd.grad(f(leaf), leaf)
    return found
