"""You make float32 tensors and fill them, whatever the dtype of the weights is.

torch.zeros makes float32 unless it is told otherwise. zeros_like(W1) has the dtype of W1 (5.3.3, 2.1).

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
