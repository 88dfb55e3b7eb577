"""Your factor has 3.14 for pi.

The area below the curve is then off by a few parts in ten thousand. math.pi has all digits of a float (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / np.sqrt(2 * 3.14 * sigma**2)
