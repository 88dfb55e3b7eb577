"""You return a list of numbers.

An array came in, and an array of its shape should go out: one can compute with it, while `2 * p` makes a list
twice as long (3.1.3).

Fails: right_type
"""

import math


def normal_density(x, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return [p * math.exp(-0.5 * (number - mu) ** 2 / sigma**2) for number in x.flatten()]
