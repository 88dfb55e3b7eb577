"""You return the tensor first, and then the array.

Both are there, but whoever unpacks them gets each under the other's name. The array comes first (2.1.6).

Fails: right_type
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return torch.from_numpy(A), A
