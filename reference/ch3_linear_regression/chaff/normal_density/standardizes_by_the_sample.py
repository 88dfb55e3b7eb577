"""Your exponent has the mean and the standard deviation of x, where mu and sigma belong.

Perhaps x was standardized as data are before training. mu and sigma are parameters of the distribution, and x may
hold any points at which its density is asked for, also a single one (3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    z = (x - x.mean()) / x.std()
    return np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi * sigma**2)
