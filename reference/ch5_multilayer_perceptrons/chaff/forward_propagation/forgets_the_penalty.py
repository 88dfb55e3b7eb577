"""You return the loss and leave the penalty out.

Without it the weights may grow as they like. The objective is the sum of both, and its gradient is what training
follows (5.3.1).

Fails: without_a_loss_the_objective_is_the_penalty, right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    return z, h, o, loss
