"""At least one of your sums, perhaps the total, is cut off from A: no gradient flows back through it.

That happens where a new tensor is made of a number of Python, for example by `torch.tensor(total)` from
`.item()`. A.sum() is a tensor of shape () already (2.3.6, 2.5.3).

Same as: detached

Fails: right_gradient
"""

import torch


def axis_sums(A):
    return A.sum(axis=0), A.sum(axis=1), torch.tensor(A.sum().item(), dtype=A.dtype)
