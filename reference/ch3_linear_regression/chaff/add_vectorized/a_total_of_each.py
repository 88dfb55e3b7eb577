"""You return two numbers, the total of a and that of b.

A matrix of both vectors that is summed along its rows gives them, for example. Elementwise, the sum goes down
the rows, along axis 0: each place keeps a sum of its own (2.3.6, 3.1.2).

Fails: right_shape
"""

import torch


def add_vectorized(a, b):
    return torch.stack([a, b]).sum(axis=1)
