"""Your tensor is on the device "meta", which keeps shapes, but no numbers.

A tensor is stored in main memory unless you designate another device. Leave the device out (2.1.1).

Fails: right_device
"""

import torch


def range_matrix(rows, cols):
    return torch.arange(rows * cols, dtype=torch.float32, device="meta").reshape(rows, cols)
