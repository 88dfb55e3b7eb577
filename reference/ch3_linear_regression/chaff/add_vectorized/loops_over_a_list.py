"""Your sums are right, but they take about as long as a loop: Python still adds the numbers one by one.

A list comprehension, map and np.vectorize are loops, too: short to write, but not to run. One call on
whole tensors hands all of the work on (3.1.2).

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    return torch.tensor([x + y for x, y in zip(a.tolist(), b.tolist())], dtype=a.dtype)
