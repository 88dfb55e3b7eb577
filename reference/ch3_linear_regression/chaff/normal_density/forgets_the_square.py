"""Your exponent has the distance from mu, and not its square.

Then the curve has a sharp peak at mu, and far from it falls off too slowly: it is the density of Laplace, up to
its factor. The exponent is -(x - mu)² / (2 sigma²) (3.1.3).

Fails: right_values
"""

import math


def normal_density(x, mu, sigma):
    factor = 1 / math.sqrt(2 * math.pi * sigma**2)
    return factor * np.exp(-0.5 / sigma**2 * abs(x - mu))
