"""Your function works once, and fails when it is called again: nothing is recorded then.

`torch.set_grad_enabled(False)`, for example, holds until somebody switches gradients on again. A `with` block
ends by itself (2.5.1).

Fails: accepts_its_arguments
"""

import torch


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    torch.set_grad_enabled(False)
    return leaf.grad
