"""The square of the difference, multiplied out by the binomial formula before halving: order is free."""

import torch


def forward_propagation(x, y, W1, W2, lambd):
    z = (W1 * x).sum(dim=1)
    h = torch.where(z > 0, z, torch.zeros_like(z))
    o = (W2 * h).sum(1)
    J = (o @ o - 2 * (o @ y) + y @ y + lambd * W1.pow(2).sum() + lambd * W2.pow(2).sum()) / 2
    return z, h, o, J
