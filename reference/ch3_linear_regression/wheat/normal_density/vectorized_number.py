"""A function of one number that NumPy applies to all."""

import math

import numpy as np


def normal_density(x, mu, sigma):
    def density(number):
        return math.exp(-(((number - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(math.tau))

    return np.vectorize(density, otypes=[float])(x)
