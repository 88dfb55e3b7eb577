"""You take the absolute value of z.

relu silences a unit whose z is negative; it doesn't turn its sign around (5.1.2.1, 5.3.1).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.abs()
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
