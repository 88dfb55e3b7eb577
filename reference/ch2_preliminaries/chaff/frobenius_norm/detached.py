"""Your result is cut off from A: the numbers are right, but no gradient flows back through it.

Usually it was computed by NumPy or by Python's numbers, from `.detach()`, `.data` or `.item()`, and a new
tensor was made of the numbers. Whatever comes before learns nothing from it. Stay with operations on the
tensors themselves (2.5.3).

Fails: right_gradient
"""

import torch


def frobenius_norm(A):
    return torch.tensor(sum(number**2 for row in A.tolist() for number in row) ** 0.5, dtype=A.dtype)
