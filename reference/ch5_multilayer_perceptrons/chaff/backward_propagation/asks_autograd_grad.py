"""You call torch.autograd.grad.

It goes back through the graph just as backward() does, and gives the result directly. Here you are to take these
steps yourself (5.3.3).

Fails: from_scratch
"""

import torch



def backward_propagation(x, y, W1, W2, lambd):
    W1, W2 = W1.clone().requires_grad_(), W2.clone().requires_grad_()
    J = forward_propagation(x, y, W1, W2, lambd)[3]
    return torch.autograd.grad(J, [W1, W2])
