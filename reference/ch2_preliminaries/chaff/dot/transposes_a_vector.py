"""Your code fails with vectors: something in it needs other shapes.

torch.mm, for example, takes matrices only, and refuses vectors. torch.dot and @ take them (2.3.8).

Fails: accepts_its_arguments
"""

import torch


def dot(x, y):
    return torch.mm(x, y)
