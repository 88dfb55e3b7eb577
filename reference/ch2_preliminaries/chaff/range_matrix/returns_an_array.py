"""You return a NumPy array.

It prints almost alike, but knows nothing of gradients or GPUs. torch has an arange and a reshape of its own
(2.1.1).

Fails: right_type
"""

import numpy as np


def range_matrix(rows, cols):
    return np.arange(rows * cols, dtype=np.float32).reshape(rows, cols)
