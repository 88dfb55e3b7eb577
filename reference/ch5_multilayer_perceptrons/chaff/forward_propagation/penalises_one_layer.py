"""Your penalty holds the weights of the output layer only.

Every weight counts in it, those of the hidden layer, too (5.3.1).

Fails: without_a_loss_the_objective_is_the_penalty
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * (W2**2).sum()
    return z, h, o, loss + penalty
