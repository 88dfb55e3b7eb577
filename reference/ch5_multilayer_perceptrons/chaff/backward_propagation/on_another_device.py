"""One of your gradients is not on the device of the weights.

The weights couldn't be updated by it: both have to be in the same place. Leave results where operations put them
(5.3.3, 6.7).

Fails: right_device
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1.to("meta"), of_W2
