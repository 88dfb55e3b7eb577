"""Your loss is half the distance of o and y, not half of its square.

The norm takes a root at the end; the square loss doesn't (5.3.1).

Fails: without_a_penalty_the_objective_is_the_loss
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = (o - y).norm() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
