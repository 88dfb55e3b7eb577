"""Leaves the result in the graph, so that it could be differentiated again."""

import torch


def activation_gradient(f, x):
    if not x.requires_grad:
        x = x.clone().requires_grad_()
    return torch.autograd.grad(f(x).sum(), x, create_graph=True)[0]
