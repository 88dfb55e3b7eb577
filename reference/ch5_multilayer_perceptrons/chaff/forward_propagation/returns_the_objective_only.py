"""You return J alone.

The steps on the way are what backward propagation needs later, and so they are part of the answer (5.3.1, 5.3.4).

Fails: right_type
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return loss + penalty
