"""You add lambda times the sign of each weight.

That is the gradient of the sum of absolute values. The penalty here is made of squares, and its gradient grows with
the weight (5.3.3, 3.7.1).

Fails: without_an_error_only_the_penalty_is_left
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2.sign()
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1.sign()
    return of_W1, of_W2
