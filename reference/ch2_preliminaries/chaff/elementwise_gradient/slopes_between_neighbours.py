"""Your numbers are slopes from one element of x to the next, as torch.gradient estimates them.

It takes samples of a function, and doesn't differentiate f. Autograd is another thing: backward, or
torch.autograd.grad (2.5.2).

Fails: accepts_its_arguments
"""

import torch


def elementwise_gradient(f, x):
    return torch.gradient(f(x), spacing=(x,))[0]
