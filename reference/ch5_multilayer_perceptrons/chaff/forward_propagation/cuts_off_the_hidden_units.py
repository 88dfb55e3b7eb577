"""Your hidden units are cut off from z: no gradient comes from the output back to the first layer.

All values are right, and the second layer would learn; but to it the hidden units are constants. Make h from z
itself by clamp, max or where, without detach or .data (2.5.3, 5.3.1).

Fails: gradients_flow_through_every_step
"""


def forward_propagation(x, y, W1, W2, lambd):
    z = W1 @ x
    h = z.detach().clamp(min=0)
    o = W2 @ h
    return z, h, o, ((o - y) ** 2).sum() / 2 + lambd / 2 * ((W1**2).sum() + (W2**2).sum())
