"""The z that you return equals h: it has lost its negative elements.

Perhaps relu is applied to z in place, and both are the same tensor. The objective is right, but z is asked for as
it was before the activation: a function that makes a new tensor leaves it so (5.3.1, 5.3.3).

Fails: right_values
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp_(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
