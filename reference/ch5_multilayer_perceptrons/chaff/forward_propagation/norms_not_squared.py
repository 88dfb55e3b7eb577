"""You add the norms of the weight matrices, not their squares.

The root makes the penalty grow linearly with the weights, and its derivative another one than lambda W (5.3.1).

Fails: without_a_loss_the_objective_is_the_penalty
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * (W1.norm() + W2.norm())
    return z, h, o, loss + penalty
