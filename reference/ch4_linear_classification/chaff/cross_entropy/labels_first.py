"""Your function raises an error, as one does that takes the labels first and the predictions second.

scikit-learn's losses have that order, but here the call is cross_entropy(y_hat, y) (4.4.3).

Fails: accepts_its_arguments
"""

import torch


def cross_entropy(y, y_hat):
    return -torch.log(y_hat[range(len(y_hat)), y]).mean()
