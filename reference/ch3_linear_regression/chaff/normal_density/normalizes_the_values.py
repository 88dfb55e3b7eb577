"""You divide the densities by their sum.

Probabilities sum to 1; a density has an area of 1 below it, over the whole axis, and not over your x (3.1.3).

Fails: right_values, the_area_below_it_is_one
"""

import numpy as np


def normal_density(x, mu, sigma):
    p = np.exp(-0.5 * (x - mu) ** 2 / sigma**2)
    return p / p.sum()
