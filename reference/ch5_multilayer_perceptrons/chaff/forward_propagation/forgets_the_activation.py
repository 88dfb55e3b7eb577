"""You hand z on to the output layer without an activation.

Two linear layers in a row are one linear layer; what is between them makes the difference (5.3.1, 5.1.1).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
