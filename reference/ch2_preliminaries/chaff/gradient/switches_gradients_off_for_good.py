"""After your function gradients are switched off, for everybody.

`torch.set_grad_enabled(False)` holds until somebody switches them on again: the next call finds no gradient. A `with` block ends
by itself (2.5.1).

Fails: accepts_its_arguments
"""

import torch


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    torch.set_grad_enabled(False)
    return leaf.grad
