"""You pass the gradient through relu unchanged.

That is right for units with positive z. Where z is negative, h stays 0 when the weights change a little, and
nothing comes back (5.3.3, 5.1.2.1).

Fails: silent_units_feel_only_the_penalty
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
