"""Your function can't be called with X alone: it asks for another argument, too.

Some activations have a parameter, such as a slope; tanh has none (5.1.2.3).

Fails: accepts_its_arguments
"""

import torch


def tanh(X, slope):
    e = torch.exp(-2 * slope * X)
    return (1 - e) / (1 + e)
