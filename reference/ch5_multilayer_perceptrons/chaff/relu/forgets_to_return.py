"""Your function returns None.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a function
gives back only what it returns (5.1.2.1).

Fails: right_type
"""

import torch


def relu(X):
    torch.max(X, torch.zeros_like(X))
