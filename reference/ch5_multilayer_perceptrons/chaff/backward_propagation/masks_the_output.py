"""You set the error to 0 where the output is negative.

Only the hidden layer has an activation. The output is linear, and its error comes back in full (5.3.3).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = (o - y) * (o > 0)
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
