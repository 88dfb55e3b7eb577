"""Your function changes weights that it was given.

The gradients are right, but the weights are your caller's, and nobody has taken a step. Perhaps they are multiplied
by lambda in place: W * lambd makes a new tensor, W *= lambd doesn't (5.3.3, 2.1.5).

Fails: leaves_arguments_alone
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    W1 *= lambd
    of_W1 = torch.outer(of_z, x) + W1
    return of_W1, of_W2
