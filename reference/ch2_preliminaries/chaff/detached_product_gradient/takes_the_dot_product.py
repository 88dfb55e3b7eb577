"""Your code takes vectors only: an x of another shape raises an error.

torch.dot, for example, takes nothing else. For a vector it is the same number. x may have other shapes, and
for these (u * x).sum() is the sum of all products (2.3.8, 2.5.3).

Fails: accepts_its_arguments
"""

import torch


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    z = torch.dot(u, leaf)
    z.backward()
    return leaf.grad
