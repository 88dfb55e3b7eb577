"""You return a NumPy array, not a tensor.

The numbers are right, but PyTorch can't follow them back to the scores: no gradient would reach the weights. Compute
with tensors, and return one (4.4.1, 2.1.6).

Fails: right_type
"""

import numpy as np


def softmax(X):
    X = X.detach().numpy()
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1, keepdims=True)
