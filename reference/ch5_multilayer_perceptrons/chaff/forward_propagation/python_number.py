"""You return J as a Python number.

Everything else is right, but nothing can be differentiated through a number. Leave out .item() or float() (5.3.1,
2.5).

Fails: right_type
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, (loss + penalty).item()
