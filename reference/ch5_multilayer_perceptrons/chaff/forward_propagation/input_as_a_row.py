"""Your z is x W1, not W1 x: where W1 isn't square, it raises an error.

That is how rows of a minibatch are multiplied, with weights of shape (d, h). Here W1 has shape (h, d), and the
product is W1 x; only for a square matrix would both run (5.3.1).

Fails: accepts_its_arguments
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = x @ W1
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
