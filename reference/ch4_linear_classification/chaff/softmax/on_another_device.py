"""You put the result on a device of your choice, and not where the scores are.

A device that is written into a function is wrong on every other machine. Tensors made from X are on X's device by
themselves (6.7).

Fails: right_device
"""

import torch


def softmax(X):
    X_exp = torch.exp(X.to("meta"))
    return X_exp / X_exp.sum(dim=1, keepdim=True)
