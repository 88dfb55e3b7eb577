"""You call torch.gradient, which doesn't differentiate f.

It takes samples of a function, and estimates slopes from one element to the next. Autograd is another thing:
backward, or torch.autograd.grad (2.5.2).

Fails: accepts_its_arguments
"""

import torch


def elementwise_gradient(f, x):
    return torch.gradient(f(x), spacing=(x,))[0]
