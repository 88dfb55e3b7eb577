"""You sum along the rows without keeping the axis, so that a (n, k) matrix is divided by a vector of length n.

On square input it runs, and divides each column by another row's sum; on other input the shapes don't fit. With
`keepdim=True` the sums stay a column of shape (n, 1), which broadcasts along each row (2.1.4, 4.4.1).

Fails: accepts_its_arguments
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(dim=1)
