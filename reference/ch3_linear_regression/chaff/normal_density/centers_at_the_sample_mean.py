"""Your bell has its top at the mean of x, where mu belongs.

Perhaps mu was taken for the mean of the numbers in x. It is a parameter of the distribution, and x may hold any
points at which its density is asked for, also a single one (3.1.3).

Fails: right_values
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    distance = x - np.mean(x)
    return np.exp(-0.5 * distance**2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
