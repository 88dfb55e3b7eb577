"""You square lambda along with the weights.

Of the penalty only the norms are squared; lambda stays as it is. Where lambda is 1 or 0, the two agree (5.3.1).

Fails: without_a_loss_the_objective_is_the_penalty
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd**2 / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
