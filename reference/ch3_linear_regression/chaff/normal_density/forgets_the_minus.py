"""You leave out the minus in the exponent.

Then the density grows the farther away from the mean you go (3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
