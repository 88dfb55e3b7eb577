"""Your loop goes through the two vectors, or has a single round, and adds all their elements at once.

Python's `sum([a, b])`, too, is a loop over two vectors. The one that is asked for is over their elements, one addition in each
round (3.1.2).

Same as: one_call
Fails: it_adds_one_element_at_a_time
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros_like(a)
    for vector in (a, b):
        c += vector
    return c
