"""You add mu to x.

With mu = 0 it makes no difference. The bell's top is where x - mu is 0 (3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    return np.exp(-0.5 * (x + mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
