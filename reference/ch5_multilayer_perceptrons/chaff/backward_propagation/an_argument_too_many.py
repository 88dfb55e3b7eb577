"""Your function can't be called with x, y, W1, W2 and lambd: it asks for another argument, too.

Perhaps for the objective. It is called as forward_propagation is, and finds all else by itself (5.3.3, 5.3.4).

Fails: accepts_its_arguments
"""

import torch



def backward_propagation(x, y, W1, W2, lambd, J):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
