"""You ask a tensor for to_numpy, which is what pandas calls it.

Tables and columns have a method to_numpy. That of a tensor is called numpy (2.1.6, 2.2.3).

Fails: accepts_its_arguments
"""

import torch


def to_numpy_and_back(x):
    A = x.to_numpy()
    return A, torch.from_numpy(A)
