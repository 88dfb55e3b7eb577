"""One pass backward for each element of the result."""

import torch


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    y = f(leaf)
    slopes = [torch.autograd.grad(y[i], leaf, retain_graph=True)[0][i] for i in range(len(y))]
    return torch.stack(slopes)
