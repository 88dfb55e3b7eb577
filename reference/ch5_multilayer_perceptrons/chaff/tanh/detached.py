"""You cut the result off from X.

The values are right, but backward stops there, and no layer below learns. Return the result as the operations give it
(2.5.3, 5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    with torch.no_grad():
        e = torch.exp(-2 * X)
        return (1 - e) / (1 + e)
