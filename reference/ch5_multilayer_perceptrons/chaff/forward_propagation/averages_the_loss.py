"""You take the mean of the squared differences over the outputs.

A mean divides by the number of outputs, and agrees with the sum where there is only one. The loss of one example is
half the squared length of o - y (5.3.1).

Fails: without_a_penalty_the_objective_is_the_loss
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).mean() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
