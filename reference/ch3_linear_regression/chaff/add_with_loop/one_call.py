"""Your code has fewer additions than elements: one of them adds several at once.

One call is the better way, and the second exercise. This one is there to be compared with it: a loop over the
elements that adds one of them at a time (3.1.2).

Fails: it_adds_one_element_at_a_time
"""

import torch


def add_with_loop(a, b):
    return torch.add(a, b)
