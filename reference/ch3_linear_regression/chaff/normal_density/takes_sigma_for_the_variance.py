"""Your density is that of a normal distribution with the variance sigma.

With sigma = 1 both are the same. sigma is the standard deviation, and the variance is its square: sigma²
belongs in the exponent, and in the root (3.1.3).

Fails: right_values
"""

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x - mu) ** 2 / sigma) / np.sqrt(2 * np.pi * sigma)
