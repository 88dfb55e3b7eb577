"""Your result is not on the device of the scores.

A device that is written into a function is wrong wherever its arguments are on another one. Tensors made from X are
on X's device by themselves (6.7).

Fails: right_device
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.to("meta"))
    return X_exp / X_exp.sum(dim=1, keepdim=True)
