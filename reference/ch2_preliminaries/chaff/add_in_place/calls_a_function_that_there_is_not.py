"""Your code asks for a function that PyTorch does not have, such as torch.add_.

Adding in place is a method of the tensor that it changes: x.add_(y) (2.1.5).

Fails: accepts_its_arguments
"""

import torch


def add_in_place(x, y):
    return torch.add_(x, y)
