"""Your sums are right, but not 20 times as fast as a loop, and no gradient flows back through them.

Usually Python still adds the numbers one by one, and a new tensor is made of them. A list comprehension, map
and np.vectorize are loops, too: short to write, but not to run. One call on whole tensors hands all of the work
on (3.1.2).

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    return torch.tensor([x + y for x, y in zip(a.tolist(), b.tolist())], dtype=a.dtype)
