"""You differentiate the loss and not the penalty.

The objective is the sum of both, and the penalty depends on the weights directly. Its gradient is added at the end of
each path, and without it nothing holds the weights back (5.3.3).

Fails: without_an_error_only_the_penalty_is_left, silent_units_feel_only_the_penalty, right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h)
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x)
    return of_W1, of_W2
