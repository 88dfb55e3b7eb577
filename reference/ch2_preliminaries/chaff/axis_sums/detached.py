"""Some or all of your sums are cut off from A: no gradient flows back through them.

The numbers are right. Usually such sums were computed by NumPy or by Python's numbers, from `.detach()`,
`.data` or `.item()`, and new tensors were made of the numbers, as by `torch.tensor(total)`. Whatever comes
before learns nothing from them. Stay with operations on the tensors themselves (2.3.6, 2.5.3).

Fails: right_gradient
"""

import torch


def axis_sums(A):
    B = A.detach().double().numpy()
    sums = B.sum(axis=0), B.sum(axis=1), B.sum()
    return tuple(torch.tensor(s, dtype=A.dtype) for s in sums)
