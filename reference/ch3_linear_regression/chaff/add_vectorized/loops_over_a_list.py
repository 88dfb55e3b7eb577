"""You make lists of the tensors and add their numbers one by one.

A list comprehension is a loop of Python, too: short to write, but not to run (3.1.2).

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    return torch.tensor([x + y for x, y in zip(a.tolist(), b.tolist())], dtype=a.dtype)
