"""Your activation is the sigmoid.

The book leaves the activation open in this section, but here it is relu: 0 for negative z, z itself else (5.3.1,
5.1.2.1).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = 1 / (1 + (-z).exp())
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
