"""A function that differentiates functions."""

import torch


def f(a):
    b = a + a
    while torch.norm(b) < 1000:
        b = b + b
    return b if b.sum() > 0 else 100 * b


def control_flow_gradient(a):
    return torch.func.grad(f)(a.detach())
