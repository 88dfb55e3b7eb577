"""You return 1 / tanh(x), the sum divided by the difference.

That is the cotangent's relative, coth: infinite at 0, where tanh is 0. The difference stands above the bar (5.1.2.3).

Fails: right_values
"""

import torch


def tanh(X):
    return (torch.exp(X) + torch.exp(-X)) / (torch.exp(X) - torch.exp(-X))
