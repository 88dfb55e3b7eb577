"""You return the exponential alone.

It is 1 at the mean, however wide the bell is. To be a density, it must be divided by the area below it (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2)
