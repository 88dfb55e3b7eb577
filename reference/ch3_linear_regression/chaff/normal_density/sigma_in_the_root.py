"""You take the root of 2 pi sigma, and not of 2 pi sigma².

Inside the root sigma counts only half. It belongs there squared, or else outside (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma)
