"""The square multiplied out, and e as a number."""

import math


def normal_density(x, mu, sigma):
    variance = sigma**2
    exponent = -(x**2 - 2 * mu * x + mu**2) / (2 * variance)
    return math.e**exponent / (2 * math.pi * variance) ** 0.5
