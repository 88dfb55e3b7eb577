"""Your code changes y itself, which is your caller's.

Whoever called you has other numbers in y afterwards. Usually that comes from `-=` and the like, from an
assignment to elements, or from a method whose name ends in an underscore: all of these write into the tensor
that you were given. `a - b` makes a new one, and `y.clone()` is a copy to work on (5.3.1, 2.1.5).

Fails: leaves_arguments_alone
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    y -= o
    loss = (y**2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
