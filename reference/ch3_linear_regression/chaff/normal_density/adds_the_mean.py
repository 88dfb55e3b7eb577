"""Your bell has its top at -mu, where mu belongs.

With mu = 0 it makes no difference. The exponent has the square of x - mu, not of x + mu: it is 0 where x is mu
(3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x + mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
