"""You compute the tangent of trigonometry, sin / cos.

The names differ by one letter, and near 0 so do the curves by little. The hyperbolic tangent is made of exponentials,
and stays between -1 and 1 (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return torch.tan(X)
