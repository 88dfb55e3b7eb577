"""Your softmax turns the order around: the lowest score gets the largest probability.

Usually the exponential is that of -x. The minus belongs to the sigmoid, 1 / (1 + exp(-x)), or to the loss. A softmax
exponentiates the scores as they are: the larger the score, the likelier the class (4.4.1).

Fails: right_values
"""

import torch


def softmax(X):
    X_exp = torch.exp(-X)
    return X_exp / X_exp.sum(dim=1, keepdim=True)
