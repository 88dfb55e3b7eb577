"""Your gradients have the axes of the weights swapped.

A gradient has the shape of what it belongs to, so that a step can subtract one from the other. The outer product of
error and input has a row for each error (5.3.3).

Fails: right_shape
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1.T, of_W2.T
