"""You multiply by sigma² in the exponent, where you should divide by it.

`/ 2 * sigma**2`, for example, divides by 2 only, and then multiplies: Python goes from left to right.
Parentheses around 2 * sigma**2 help (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    factor = 1 / math.sqrt(2 * math.pi * sigma**2)
    return factor * np.exp(-0.5 * (x - mu) ** 2 * sigma**2)
