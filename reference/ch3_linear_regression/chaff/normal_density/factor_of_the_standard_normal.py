"""You divide by the square root of 2 pi, whatever sigma is.

That is right for sigma = 1. A wider bell must be a lower one (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi)
