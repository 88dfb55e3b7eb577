"""You sum the differences, then square the sum.

Differences of opposite sign cancel in it. Square each one, then sum; with a single output you see no difference
(5.3.1).

Fails: without_a_penalty_the_objective_is_the_loss
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = (o - y).sum() ** 2 / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
