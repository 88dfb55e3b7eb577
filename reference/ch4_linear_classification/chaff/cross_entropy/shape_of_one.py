"""You return a tensor of shape (1,): one number, in brackets.

`keepdim=True`, for example, leaves an axis behind. The loss is a scalar, a tensor of shape () (4.4.3, 2.3.6).

Fails: right_shape
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y]).mean(dim=0, keepdim=True)
