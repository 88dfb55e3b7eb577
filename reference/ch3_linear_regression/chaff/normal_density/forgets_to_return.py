"""You return None, where the density is asked for.

Often it is computed, and not returned. A function without return gives None, and what was computed is lost
(3.1).

Fails: right_type
"""

import math

import numpy as np


def normal_density(x, mu, sigma):
    p = np.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
