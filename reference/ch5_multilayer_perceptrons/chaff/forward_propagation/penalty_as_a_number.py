"""Your J has the right value, but its gradient knows nothing of the penalty.

Perhaps the penalty is a Python number, or detached. The weights would learn from the loss alone, as if lambd were 0.
Keep the sum of the squares a tensor, without .item() or float() (2.5.1, 5.3.1).

Fails: gradients_flow_through_every_step
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.clamp(min=0)
    o = W2 @ h
    penalty = lambd / 2 * ((W1**2).sum() + (W2**2).sum()).item()
    return z, h, o, ((o - y) ** 2).sum() / 2 + penalty
