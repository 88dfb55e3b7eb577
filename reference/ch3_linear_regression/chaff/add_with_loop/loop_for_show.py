"""Your code adds several elements at once, be it in a loop or not.

Perhaps the loop goes through the two vectors, as Python's `sum([a, b])` does, too, or has a single round. The
one that is asked for is over their elements, one addition in each round (3.1.2).

Same as: one_call
Fails: it_adds_one_element_at_a_time
"""

import torch


def add_with_loop(a, b):
    c = torch.zeros_like(a)
    for vector in (a, b):
        c += vector
    return c
