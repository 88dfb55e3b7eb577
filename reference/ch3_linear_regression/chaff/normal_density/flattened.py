"""Your densities are in a single axis, whatever shape x has.

The numbers are right, but each density belongs to an element of x: the result has x's shape. Often x was
flattened first, which NumPy's operators don't need (3.1.3).

Fails: right_shape
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    x = x.ravel()
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
