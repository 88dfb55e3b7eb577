"""Your code changes X itself, which is your caller's.

append and extend change a list where it is. Joining tensors makes a new one, which can be returned as it is;
what is assigned to X.data, for example, changes the matrix of whoever calls you (2.1.3).

Fails: leaves_arguments_alone
"""

import torch


def concatenate(X, Y):
    beside = torch.cat((X, Y), dim=1)
    X.data = torch.cat((X, Y), dim=0)
    return X, beside
