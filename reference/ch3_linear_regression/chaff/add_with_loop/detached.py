"""Your result is cut off from a and b: the numbers are right, but no gradient flows back through it.

Usually numbers of Python or NumPy are added, and a new tensor is made of the sums. An element of a tensor,
`a[i]`, is a tensor itself, which can be added and written into another one. Stay with operations on the tensors
themselves (2.5.3).

Fails: right_gradient
"""

import torch


def add_with_loop(a, b):
    return torch.tensor([x + y for x, y in zip(a.tolist(), b.tolist())])
