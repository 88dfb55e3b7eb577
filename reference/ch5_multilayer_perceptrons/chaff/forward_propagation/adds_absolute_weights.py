"""You sum up the absolute values of the weights.

That is the l1 penalty of lasso regression. Here it is the squared l2 norm, a sum of squares (5.3.1, 3.7.1).

Fails: without_a_loss_the_objective_is_the_penalty
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * (W1.abs().sum() + W2.abs().sum())
    return z, h, o, loss + penalty
