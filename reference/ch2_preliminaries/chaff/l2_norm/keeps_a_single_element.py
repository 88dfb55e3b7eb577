"""Of a vector with a single element your norm is that element, with its sign.

Perhaps there seemed to be nothing to sum. A norm is a length: that of [-2] is 2, the root of its square (2.3.11).

Fails: right_values
"""

import torch


def l2_norm(x):
    if x.numel() > 1:
        return torch.sqrt((x**2).sum())
    return x[0]
