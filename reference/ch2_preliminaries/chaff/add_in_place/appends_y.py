"""You append y to x, as += does with lists.

For lists a sum is a longer list. For tensors it is the sum of the elements, and the shape stays (2.1.3,
2.1.5).

Fails: right_shape
"""

import torch


def add_in_place(x, y):
    return torch.cat((x, y))
