"""You return all probabilities in one long row.

They are the right numbers in the right order, but which belongs to which example is lost. The result has the
shape of the scores: a row an example, a column a class (4.4.1).

Fails: right_shape
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return (X_exp / X_exp.sum(dim=1, keepdim=True)).flatten()
