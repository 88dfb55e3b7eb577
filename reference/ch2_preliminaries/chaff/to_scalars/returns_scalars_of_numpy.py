"""You return NumPy's scalars.

np.float64 and np.int64 behave almost like numbers of Python, but not quite. What a tensor's item gives is a
plain number (2.1.6).

Fails: right_type
"""

import numpy as np


def to_scalars(x):
    number = x.numpy().reshape(-1)[0]
    return number, np.float64(number), np.int64(number)
