"""Your code changes x itself, as standardizing it in place does.

`x -= mu` and `x /= sigma` write into your caller's array; (x - mu) / sigma is a new one (2.1.5).

Same as: centers_in_place

Fails: leaves_arguments_alone
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    x -= mu
    x /= sigma
    return np.exp(-(x**2) / 2) / (sigma * math.sqrt(2 * math.pi))
