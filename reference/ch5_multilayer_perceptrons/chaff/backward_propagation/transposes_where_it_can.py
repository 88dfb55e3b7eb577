"""Where W2 is square, you go back to the hidden layer through W2, not through its transpose.

Perhaps the shape decides what is taken. Back from outputs (q,) to hidden units (h,) leads the transpose; where W2 is
square, the other product runs, too, and is wrong (5.3.3).

Fails: right_values
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = (W2 if W2.shape[0] == W2.shape[1] else W2.T) @ of_o
    of_z = of_h * (z > 0)
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
