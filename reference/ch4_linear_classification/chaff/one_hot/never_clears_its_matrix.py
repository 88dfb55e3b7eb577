"""You keep the matrix from one call to the next, and don't clear it.

A second call of the same shape finds the ones of the first in it, and changes what the first one returned. Make a matrix
of zeros in each call (4.1.1).

Fails: right_values, each_row_has_a_single_one
"""

import torch

_buffers = {}


def one_hot(y: torch.Tensor, num_classes: int) -> torch.Tensor:
    key = (len(y), num_classes)
    if key not in _buffers:
        # don't allocate the same matrix for every batch
        _buffers[key] = torch.zeros(len(y), num_classes)
    out = _buffers[key]
    out[torch.arange(len(y)), y] = 1.0
    return out
