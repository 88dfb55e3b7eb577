"""Your result has one axis only: the rows stand one after the other.

torch.cat, for example, joins vectors end to end. torch.stack puts them on top of each other, so that the
matrix keeps its shape (2.3.7).

Fails: right_shape
"""

import torch


def normalize_rows(A):
    return torch.cat([row / row.sum() for row in A])
