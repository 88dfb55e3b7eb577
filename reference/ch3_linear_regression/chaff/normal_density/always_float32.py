"""What you return is float32, where x is float64.

Digits of float64 that are dropped don't come back. Usually an array was converted, or made with this dtype, or
came from tensors in torch's default dtype. Keep the dtype of what you were given (2.1.1).

Fails: right_dtype
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    p = np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
    return p.astype(np.float32)
