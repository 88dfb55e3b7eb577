"""Your function leaves other numbers in X than it found, perhaps -X.

The result is right, but X belongs to whoever called you. X.neg_() changes the sign in X itself, for example; -X makes
a new tensor (2.1.5, 5.1.2.2).

Same as: in_place

Fails: leaves_arguments_alone
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(X.neg_()))
