"""Returns an array of nothing."""

import numpy as np


def double(n):
    return np.zeros((0,))
