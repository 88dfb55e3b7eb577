"""You return the mean of all elements' sigmoids.

A loss is one number; an activation gives every element its own (5.1.2.2).

Fails: right_shape
"""

import torch


def sigmoid(X):
    return (1 / (1 + torch.exp(-X))).mean()
