"""Your loss is the whole squared distance, not half of it.

Both have the same minimum, but the gradient is twice as large, and the penalty weighs half as much beside it. The half
is there to cancel the 2 of the derivative (5.3.1, 3.1.1.2).

Fails: without_a_penalty_the_objective_is_the_loss, right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum()
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
