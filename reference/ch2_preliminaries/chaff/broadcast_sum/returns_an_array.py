"""You return a NumPy array.

The numbers are right, but your caller wants a tensor, and torch's tensors broadcast by the same rules
(2.1.4).

Fails: right_type
"""

import numpy as np


def broadcast_sum(a, b):
    return np.add.outer(a.numpy(), b.numpy())
