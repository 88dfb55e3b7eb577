"""You return only the gradient of W1.

Both layers learn, and so both gradients are asked for, W1's first (5.3.3).

Fails: right_type
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1
