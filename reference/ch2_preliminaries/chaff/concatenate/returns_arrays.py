"""You return NumPy arrays.

The numbers are right, but your caller wants tensors, and torch can join them itself (2.1.3).

Fails: right_type
"""

import numpy as np


def concatenate(X, Y):
    return np.concatenate((X, Y), axis=0), np.concatenate((X, Y), axis=1)
