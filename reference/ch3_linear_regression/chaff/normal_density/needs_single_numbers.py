"""Your code takes x for a single number, and fails where it has several elements.

math.exp does so, for example. np.exp takes a whole array, and works on each of its elements (3.1.3).

Fails: accepts_its_arguments
"""

import math


def normal_density(x, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * math.exp(-0.5 * (x - mu) ** 2 / sigma**2)
