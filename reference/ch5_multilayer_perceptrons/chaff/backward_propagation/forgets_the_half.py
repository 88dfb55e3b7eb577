"""The loss's part of your gradients is twice too large, as if it started from 2 (o - y).

The loss has a half before the square, and it cancels the 2 of the derivative (5.3.3, 3.1.1.2).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = 2 * (o - y)
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
