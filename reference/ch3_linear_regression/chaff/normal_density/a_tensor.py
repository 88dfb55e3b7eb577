"""You return a tensor.

x is a NumPy array, and so should the result be: torch's functions and NumPy's don't mix well (3.1.3).

Fails: right_type
"""

import math

import torch


def normal_density(x, mu, sigma):
    x = torch.from_numpy(x)
    return torch.exp(-0.5 * (x - mu) ** 2 / sigma**2) / math.sqrt(2 * math.pi * sigma**2)
