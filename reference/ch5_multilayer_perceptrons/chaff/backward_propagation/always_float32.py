"""What you return is float32, whatever dtype came in.

Digits of float64 that are dropped don't come back. Usually a tensor was made without saying which dtype it should
have, as torch.zeros makes it, or torch.tensor of Python's numbers, or the argument was converted first. Keep the
dtype of what you were given (5.3.3, 2.1).

Fails: right_dtype
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1.float(), of_W2.float()
