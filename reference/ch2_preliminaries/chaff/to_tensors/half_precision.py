"""Your tensors have 16 bits a number.

Half precision saves memory, and rounds a price of 127,500 to infinity. Here tensors have 32 or 64 bits a
number (2.2.3).

Fails: right_dtype
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.to_numpy(dtype=float), dtype=torch.float16)
    return X, torch.tensor(targets.to_numpy(dtype=float), dtype=torch.float16)
