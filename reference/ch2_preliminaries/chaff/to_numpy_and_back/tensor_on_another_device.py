"""Your tensor is on the device "meta", which keeps shapes, but no numbers.

Moving a tensor to another device copies it. What shares memory with NumPy is in main memory (2.1.6).

Fails: right_device
"""

import torch


def to_numpy_and_back(x):
    A = x.numpy()
    return A, torch.from_numpy(A).to("meta")
