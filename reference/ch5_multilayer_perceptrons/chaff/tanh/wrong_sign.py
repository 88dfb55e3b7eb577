"""You have exp(2x) where the formula has exp(-2x), and so the curve falls.

(1 - exp(2x)) / (1 + exp(2x)) is tanh(-x). With exp(2x) the numerator is exp(2x) - 1 (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (1 - torch.exp(2 * X)) / (1 + torch.exp(2 * X))
