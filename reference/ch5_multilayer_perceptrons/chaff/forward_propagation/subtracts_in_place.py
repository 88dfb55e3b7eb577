"""You compute the error by subtracting o from y in place.

The objective is right, but the caller's target is gone: it holds the error now. An operator such as - makes a new
tensor, -= doesn't (5.3.1, 2.1.5).

Fails: leaves_arguments_alone
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    y -= o
    loss = (y**2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
