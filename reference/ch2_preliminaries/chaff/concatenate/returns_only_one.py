"""You return the first of the two results only.

They answer two questions, with different shapes: return both, with a comma between them (2.1.3).

Fails: right_type
"""

import torch


def concatenate(X, Y):
    return torch.cat((X, Y), dim=0)
