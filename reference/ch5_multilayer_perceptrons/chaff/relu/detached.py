"""You cut the result off from X.

The values are right, but backward stops there, and no layer below learns. Return the result as the operations give it
(2.5.3, 5.1.2.1).

Fails: right_gradient
"""

import torch


def relu(X):
    return torch.max(X.data, torch.zeros_like(X))
