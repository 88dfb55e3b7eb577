"""You let autograd differentiate, perhaps just one step such as relu.

Its slope is simpler than that: 1 where z is positive, 0 where it is negative. All of the chain rule is to be written
out (5.3.3, 5.1.2.1).

Same as: asks_autograd

Fails: from_scratch
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    z, h, o, _ = forward_propagation(x, y, W1, W2, lambd)
    of_o = o - y
    of_W2 = torch.outer(of_o, h) + lambd * W2
    of_h = W2.T @ of_o
    z = z.clone().requires_grad_()
    z.clamp(min=0).sum().backward()
    of_z = of_h * z.grad
    of_W1 = torch.outer(of_z, x) + lambd * W1
    return of_W1, of_W2
