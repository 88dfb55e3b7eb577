"""You multiply by h (1 - h), which is the derivative of the sigmoid.

Each activation has its own derivative. relu's is 1 where z is positive and 0 where it is negative (5.3.3,
5.1.2.1).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * h * (1 - h)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
