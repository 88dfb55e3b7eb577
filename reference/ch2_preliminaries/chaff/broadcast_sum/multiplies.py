"""You multiply every element of a with every element of b.

outer, for example, sounds like broadcasting, and has the right shape, but what it computes is the products.
The operator between a column and a row is + (2.1.4).

Fails: right_values
"""

import torch


def broadcast_sum(a, b):
    return torch.outer(a, b)
