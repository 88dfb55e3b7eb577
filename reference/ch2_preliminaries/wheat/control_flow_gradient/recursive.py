"""Doubles by calling itself, and differentiates with torch.autograd.grad."""

import torch


def doubled(b):
    return b if b.abs() >= 1000 else doubled(b + b)


def control_flow_gradient(a):
    leaf = a.detach().requires_grad_()
    b = doubled(leaf + leaf)
    c = torch.where(b > 0, b, 100 * b)
    return torch.autograd.grad(c, leaf)[0]
