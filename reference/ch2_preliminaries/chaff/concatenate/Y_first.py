"""Y comes first in both of your results.

The order in which torch.cat is given the tensors is that in which they stand in the result: X, then Y
(2.1.3).

Fails: right_values
"""

import torch


def concatenate(X, Y):
    return torch.cat((Y, X), dim=0), torch.cat((Y, X), dim=1)
