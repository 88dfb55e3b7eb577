"""You return the logarithm of the density.

Maximum likelihood needs it a page later; here it is the density that is asked for (3.1.3).

Fails: right_values
"""

import numpy as np


def normal_density(x, mu, sigma):
    return -0.5 * (x - mu) ** 2 / sigma**2 - 0.5 * np.log(2 * np.pi * sigma**2)
