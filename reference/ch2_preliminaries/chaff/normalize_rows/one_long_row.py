"""You put the rows one after the other with torch.cat.

It joins vectors end to end, and the result has one axis only. torch.stack puts them on top of each other, so
that the matrix keeps its shape (2.3.7).

Fails: right_shape
"""

import torch


def normalize_rows(A):
    return torch.cat([row / row.sum() for row in A])
