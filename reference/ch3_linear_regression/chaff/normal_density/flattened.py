"""You flatten x.

The numbers are right, but each density belongs to an element of x: the result has x's shape (3.1.3).

Fails: right_shape
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    x = x.ravel()
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
