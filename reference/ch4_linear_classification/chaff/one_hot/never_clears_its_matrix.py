"""Your result holds ones of earlier calls, too.

Usually a matrix is kept from one call to the next, and isn't cleared: a second call of the same shape finds the ones
of the first in it. Make a matrix of zeros in each call (4.1.1).

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
