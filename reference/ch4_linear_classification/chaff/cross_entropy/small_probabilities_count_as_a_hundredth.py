"""Your loss treats probabilities below 0.01 as if they were 0.01.

A prediction of 0.002 costs as much as one of 0.01, so that nothing tells the model to do better. If probabilities are
limited from below against log 0, a millionth is enough (4.4.3).

Fails: right_values
"""

import torch


def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y].clamp(min=0.01)).mean()
