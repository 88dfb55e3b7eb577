"""The factor before your exponential is that of the first call's sigma.

Often it is computed once, and kept outside of the function. Every sigma has its own: a wider bell is a lower
one (3.1.3).

Fails: right_values
"""

import math

import numpy as np

FACTOR = None


def normal_density(x, mu, sigma):
    global FACTOR
    if FACTOR is None:
        FACTOR = 1 / math.sqrt(2 * math.pi * sigma**2)
    return FACTOR * np.exp(-0.5 * (x - mu) ** 2 / sigma**2)
