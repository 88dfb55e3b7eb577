"""You add lambda times the squared norms, not half of that.

The half is part of the definition, so that the derivative is lambda W and not 2 lambda W (5.3.1, 3.7.1).

Fails: without_a_loss_the_objective_is_the_penalty, right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
