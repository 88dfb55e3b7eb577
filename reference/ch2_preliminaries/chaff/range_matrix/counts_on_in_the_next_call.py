"""Your second matrix goes on where the first one ended.

The counter outlives the call: it is a default argument, which Python makes once, or a global name. Every matrix begins with 0
(2.1.1).

Fails: right_values
"""

import itertools

import torch


def range_matrix(rows, cols, counter=itertools.count()):
    return torch.tensor([[float(next(counter)) for _ in range(cols)] for _ in range(rows)])
