"""Your values are right, but the slope is 1 everywhere, as if the denominator were a constant.

The sum of the exponentials changes with X, too. Keep it in the graph, without detach, .data, .item() or no_grad
(2.5.3, 5.1.2.3).

Fails: right_gradient
"""

import torch


def tanh(X):
    rising, falling = torch.exp(X), torch.exp(-X)
    return (rising - falling) / (rising + falling).detach()
