"""Your result is float64, where a and b are float32.

Often the sums are collected in an array of NumPy, and a tensor is made of it: np.zeros makes float64 unless it
is told otherwise, and from_numpy keeps it. torch.zeros_like(a) has the dtype of a (2.1.1, 3.1.2).

Fails: right_dtype
"""

import numpy as np
import torch


def add_with_loop(a, b):
    sums = np.zeros(len(a))
    for i in range(len(a)):
        sums[i] = (a[i] + b[i]).item()
    return torch.from_numpy(sums)
