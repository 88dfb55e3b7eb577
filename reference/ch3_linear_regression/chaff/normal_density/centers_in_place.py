"""Your code changes x itself, which is your caller's.

Whoever called you has other numbers in x afterwards. Usually that comes from `-=` and the like, which write
into the array that you were given. `x - mu` makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    x -= mu
    return np.exp(-0.5 * x**2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
