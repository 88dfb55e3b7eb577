"""Your J has shape (1,) instead of ().

A sum with keepdim keeps an axis of length 1. The objective is a scalar (5.3.1).

Fails: right_shape
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum(dim=0, keepdim=True) / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
