"""Your exponent is divided by sigma, where sigma² belongs; the factor before it is right.

Often the difference is squared before it is divided. Standardize first, and square then: (x - mu) / sigma is
squared as a whole (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma) / (sigma * math.sqrt(2 * math.pi))
