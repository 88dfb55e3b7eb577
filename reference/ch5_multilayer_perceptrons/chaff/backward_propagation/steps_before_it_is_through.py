"""You go back to the hidden layer through W2 + dJ/dW2, as if a step had been taken.

All gradients belong to the same point: the weights that forward propagation used. Nothing is updated before the last
gradient is there (5.3.3, 5.3.4).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = (W2 + of_W2).T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
