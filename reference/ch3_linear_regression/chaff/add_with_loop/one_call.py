"""You add all elements in one call.

That is the better way, and the second exercise. This one is there to be compared with it: a loop that adds one element at a
time (3.1.2).

Fails: it_adds_one_element_at_a_time
"""

import torch


def add_with_loop(a, b):
    return torch.add(a, b)
