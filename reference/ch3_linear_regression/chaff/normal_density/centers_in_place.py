"""You subtract mu from x in place.

`x -= mu` writes into your caller's array; x - mu is a new one (2.1.5).

Fails: leaves_arguments_alone
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    x -= mu
    return np.exp(-0.5 * x**2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
