"""The gradient of the sum, by torch.autograd.grad."""

import torch


def activation_gradient(f, x):
    leaf = x.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(f(leaf).sum(), leaf)
    return gradient
