"""You return a NumPy array.

The numbers are right, but PyTorch can't follow them back to X: no gradient would reach the weights. Compute with
tensors, and return one (5.1.2.1, 2.1.6).

Fails: right_type
"""

import numpy as np


def relu(X):
    return np.maximum(X.detach().numpy(), 0)
