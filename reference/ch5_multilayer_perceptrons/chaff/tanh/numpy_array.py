"""You return a NumPy array.

The numbers are right, but PyTorch can't follow them back to X: no gradient would reach the weights. Compute with
tensors, and return one (5.1.2.3, 2.1.6).

Fails: right_type
"""

import numpy as np


def tanh(X):
    e = np.exp(-2 * X.detach().numpy())
    return np.asarray((1 - e) / (1 + e))
