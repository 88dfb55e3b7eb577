"""You return the tensor only.

The array is asked for, too: return both, with a comma between them, and your caller can look at each (2.1.6).

Fails: right_type
"""

import torch


def to_numpy_and_back(x):
    return torch.from_numpy(x.numpy())
