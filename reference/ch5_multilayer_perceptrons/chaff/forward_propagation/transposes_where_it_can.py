"""Where W1 is square, your z is its transpose times x.

Perhaps the weights are transposed whenever their shape allows it. For a square matrix both products can be computed,
and only W1 x is right. Shapes do not tell (5.3.1).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1.T @ x if W1.shape[0] == W1.shape[1] else W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
