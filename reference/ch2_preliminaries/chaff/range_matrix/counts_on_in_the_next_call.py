"""Your second matrix goes on counting where the first one ended.

Something outlives the call, for example a counter in a default argument, which Python makes once, or in a
global name. Every matrix begins with 0 (2.1.1).

Fails: right_values
"""

import itertools

import torch


def range_matrix(rows, cols, counter=itertools.count()):
    return torch.tensor([[float(next(counter)) for _ in range(cols)] for _ in range(rows)])
