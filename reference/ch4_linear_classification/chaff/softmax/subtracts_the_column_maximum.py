"""You subtract the largest score of each column before the exponential.

Subtracting the same number from a whole row changes nothing, and protects from overflow. In a column each element
belongs to another example, so every row loses different numbers: take the maximum along axis 1 (4.5.2).

Fails: right_values
"""

import torch


def softmax(X):
    Z = torch.exp(X - X.max(dim=0, keepdim=True).values)
    return Z / Z.sum(dim=1, keepdim=True)
