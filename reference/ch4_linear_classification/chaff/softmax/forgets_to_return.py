"""Your function returns None, not the probabilities.

Usually the last line lacks `return`: in a notebook a cell shows its last line without being told, but a function
gives back only what it returns (4.4.1).

Fails: right_type
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    X_exp / X_exp.sum(dim=1, keepdim=True)
