"""By the distance from the mean in standard deviations."""

import numpy as np


def normal_density(x, mu, sigma):
    z = (x - mu) / sigma
    return np.exp(-z * z / 2) / (sigma * np.sqrt(2 * np.pi))
