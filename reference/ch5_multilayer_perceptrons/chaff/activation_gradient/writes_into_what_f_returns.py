"""Where f returns its argument itself, your function raises an error.

Usually it writes into what f returns: then a leaf that wants a gradient is written into, and PyTorch refuses. Weigh
the result by a new tensor, or sum it, but leave it as it is (2.5.2, 5.1.2).

Fails: accepts_its_arguments
"""

import torch


def activation_gradient(f, x):
    z = x.detach().clone().requires_grad_()
    y = f(z)
    y.mul_(1)
    return torch.autograd.grad(y.sum(), z)[0]
