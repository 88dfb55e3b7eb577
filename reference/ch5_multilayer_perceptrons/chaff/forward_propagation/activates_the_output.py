"""You send the output through relu, too.

Then the network can't answer with a negative number. The output layer is linear: o = W2 h (5.3.1).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = (W2 @ h).clamp(min=0)
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
