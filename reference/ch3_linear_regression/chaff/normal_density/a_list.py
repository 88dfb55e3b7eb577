"""You return a list of numbers.

An array came in, and an array should go out: a list can't be plotted over it or computed with (3.1.3).

Fails: right_type
"""

import math


def normal_density(x, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return [p * math.exp(-0.5 * (number - mu) ** 2 / sigma**2) for number in x.flatten()]
