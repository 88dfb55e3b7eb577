"""You convert the result to float32.

x has twice as many digits, and so should the result (2.1.1).

Fails: right_dtype
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    p = np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
    return p.astype(np.float32)
