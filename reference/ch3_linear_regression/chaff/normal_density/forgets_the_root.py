"""You divide by 2 pi sigma² without taking the root.

That is the factor of a normal distribution in two dimensions (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / (2 * math.pi * sigma**2)
