"""You divide the matrix of shape (n, k) by the sums of its rows as a vector of shape (n,).

On square input that runs, and divides column j by the sum of row j; on most other input the shapes don't fit. With
`keepdim=True` the sums stay a column of shape (n, 1), which broadcasts along each row (2.1.4, 4.4.1).

Fails: accepts_its_arguments
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(dim=1)
