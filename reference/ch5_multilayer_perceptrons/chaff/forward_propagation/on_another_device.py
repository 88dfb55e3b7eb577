"""Your objective is not on the device of the weights.

A device that is written into a function is wrong wherever its arguments are on another one. Results of operations
are where their arguments are by themselves (5.3.1, 6.7).

Fails: right_device
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    loss = ((o - y) ** 2).sum() / 2
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum())
    return z, h, o, (loss + penalty).to("meta")
