"""Your sums are like those that map makes from two lists: too slow, and without a gradient.

map hides the loop, but Python still calls a function for each element. One call on whole tensors hands all of
the work on (3.1.2).

Same as: loops_over_a_list

Fails: it_outruns_a_loop
"""

import torch


def add_vectorized(a, b):
    return torch.tensor(list(map(float.__add__, a.tolist(), b.tolist())), dtype=a.dtype)
