"""You compare the largest element of the whole tensor with 0, and give that to all elements.

torch.max of a single tensor is its largest element. ReLU compares each element with 0 on its own: torch.max(X,
torch.zeros_like(X)) does (5.1.2.1).

Fails: right_values
"""

import torch


def relu(X):
    return torch.max(X).clamp(min=0).expand(X.shape)
