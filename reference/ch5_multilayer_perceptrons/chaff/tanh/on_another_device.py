"""Your result is not on the device of X.

A device that is written into a function is wrong wherever its arguments are on another one. Tensors made from X are
on X's device by themselves (6.7).

Fails: right_device
"""

import torch


def tanh(X):
    e = torch.exp(-2 * X).to("meta")
    return (1 - e) / (1 + e)
