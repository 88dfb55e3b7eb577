"""Your result is cut off from a and b: the numbers are right, but no gradient flows back through it.

Usually it was computed by NumPy or by Python's numbers, from `.detach()`, `.data` or `.item()`, and a new
tensor was made of the numbers. Whatever comes before learns nothing from it. Stay with operations on the
tensors themselves (2.5.3).

Fails: right_gradient
"""

import numpy as np
import torch


def broadcast_sum(a, b):
    return torch.from_numpy(np.add.outer(a.detach().numpy(), b.detach().numpy()))
