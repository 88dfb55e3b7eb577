"""You make a new tensor of x's numbers without asking for x's dtype.

From a list torch.tensor makes float32, whatever x was, and digits that are dropped don't come back (2.1.1).

Fails: right_dtype
"""

import torch


def elementwise_gradient(f, x):
    leaf = torch.tensor(x.tolist(), requires_grad=True)
    f(leaf).sum().backward()
    return leaf.grad
