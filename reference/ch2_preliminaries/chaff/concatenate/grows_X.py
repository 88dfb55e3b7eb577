"""You let X itself grow, as a list does that is extended.

append and extend change a list where it is. Joining tensors makes a new one; your assignment to X.data
changes the matrix of whoever calls you (2.1.3).

Fails: leaves_arguments_alone
"""

import torch


def concatenate(X, Y):
    beside = torch.cat((X, Y), dim=1)
    X.data = torch.cat((X, Y), dim=0)
    return X, beside
