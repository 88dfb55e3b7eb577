"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it should
have, as torch.zeros makes it, or torch.tensor of Python's numbers, or the argument was converted first. Keep the
dtype of what you were given (5.3.1, 2.1).

Fails: right_dtype
"""


def forward_propagation(x, y, W1, W2, lambd):
    x, y, W1, W2 = x.float(), y.float(), W1.float(), W2.float()
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, loss + penalty
