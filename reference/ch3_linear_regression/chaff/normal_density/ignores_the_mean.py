"""You leave mu out.

With mu = 0 it makes no difference; any other mean moves the bell (3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * x**2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
