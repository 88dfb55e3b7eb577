"""Your gradient of W2 has the right shape, but its elements stand in each other's places.

Usually an outer product of h and the error is made, the wrong way round, and reshaped: that makes the shape right and
leaves the elements in their order; only .T swaps rows and columns. Take the outer product of the error and h (5.3.3,
2.3.3).

Fails: right_values
"""

import torch


def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = (h.reshape(-1, 1) @ of_o.reshape(1, -1)).view(W2.shape) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
