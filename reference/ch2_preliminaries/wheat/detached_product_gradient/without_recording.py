"""u is computed where nothing is recorded."""

import torch


def detached_product_gradient(x):
    leaf = x.detach().requires_grad_()
    with torch.no_grad():
        u = leaf**2
    return torch.autograd.grad(torch.sum(u * leaf), leaf)[0]
