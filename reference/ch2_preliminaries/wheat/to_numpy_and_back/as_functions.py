"""asarray and as_tensor share memory where they can."""

import numpy as np
import torch


def to_numpy_and_back(x):
    A = np.asarray(x)
    return A, torch.as_tensor(A)
