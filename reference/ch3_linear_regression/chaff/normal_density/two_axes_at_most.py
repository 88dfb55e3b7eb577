"""Your code works where x has one axis or two, and fails with a third, as in the shape (2, 2, 2).

Often it loops over numbers, or over rows of numbers. NumPy's operators go through arrays of any shape by
themselves: no loop is needed (3.1.3).

Fails: accepts_its_arguments
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    rows = np.atleast_2d(x)
    densities = [[p * math.exp(-((v - mu) ** 2) / (2 * sigma**2)) for v in row] for row in rows]
    return np.array(densities).reshape(x.shape)
