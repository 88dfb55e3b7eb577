"""backward is given ones in the place of a sum."""

import torch


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = torch.square(leaf).data
    z = u * leaf
    z.backward(torch.ones_like(z))
    return leaf.grad
