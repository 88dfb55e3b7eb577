"""Your result is cut off from a and b: the numbers are right, but no gradient flows back through it.

Usually it was computed from `.detach()`, `.data` or `.item()`, by NumPy or Python's numbers, or under
`torch.no_grad()`. What comes before gets no gradient from it then. Stay with operations on the tensors themselves
(2.5.3).

Fails: right_gradient
"""

import numpy as np
import torch


def add_vectorized(a, b):
    return torch.from_numpy(np.add(a.detach().numpy(), b.detach().numpy()))
