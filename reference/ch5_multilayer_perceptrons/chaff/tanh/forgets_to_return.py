"""Your function returns None.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a function
gives back only what it returns (5.1.2.3).

Fails: right_type
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X)
    Y = (1 - e) / (1 + e)
