"""You use the square of lambda.

Only the weights are squared in the penalty, and lambda is a plain factor in its gradient. Where it is 0 or 1 there
is no difference (5.3.3).

Fails: without_an_error_only_the_penalty_is_left
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd**2 * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd**2 * W1
    return of_W1, of_W2
