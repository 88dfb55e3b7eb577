"""You compute 1 / (1 + exp(x)), without the minus.

That is sigmoid(-x): it is 1/2 at 0, too, but falls where sigmoid rises (5.1.2.2).

Fails: right_values
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(X))
