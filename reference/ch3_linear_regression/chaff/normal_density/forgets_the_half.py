"""You leave out the half in the exponent.

The bell becomes too narrow, and the area below it is no longer 1 (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-((x - mu) ** 2) / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
