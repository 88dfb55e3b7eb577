"""You add into a tensor that torch.tensor(0.0) made, in place, and that is float32 whatever x is.

The digits that it drops don't come back. Start from a zero of x's dtype (2.1.1).

Fails: right_dtype
"""

import torch


def l1_norm(x):
    total = torch.tensor(0.0)
    for element in x:
        total += abs(element)
    return total
