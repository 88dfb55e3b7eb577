"""You divide by the sum of the whole matrix, so that all rows together sum to 1.

`sum()` without an axis reads like "the sum", and with a single example it is the right one. A softmax makes
one distribution out of each example, and an example is a row: sum along axis 1 (4.4.1).

Fails: right_values, each_row_is_a_distribution
"""

import torch


def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum()
