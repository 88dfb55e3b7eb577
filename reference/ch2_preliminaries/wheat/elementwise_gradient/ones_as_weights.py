"""As in the book: x itself learns, and backward is given ones."""

import torch


def elementwise_gradient(f, x):
    x.requires_grad_(True)
    y = f(x)
    y.backward(gradient=torch.ones(len(y), dtype=y.dtype))
    return x.grad
