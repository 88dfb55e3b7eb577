"""You let the gradient of h through where it is positive itself, as if relu were applied to it.

relu works on z on the way forward. On the way back it only decides by z what passes: gradients of either sign
where z is positive, and nothing where it is negative (5.3.3, 5.1.2.1).

Fails: right_values
"""

import torch


def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = torch.relu(of_h)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
