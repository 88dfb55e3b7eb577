"""You multiply the densities of all elements.

That is the likelihood of a whole sample. Asked for is one density for each element (3.1.3).

Fails: right_shape
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    p = np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
    return np.array([p.prod()]).reshape(())
