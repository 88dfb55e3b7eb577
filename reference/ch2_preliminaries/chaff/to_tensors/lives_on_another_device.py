"""Your tensors are on the device "meta", which keeps shapes, but no numbers.

A tensor is made on the CPU unless something else is asked for. Data usually stay there until the training
moves them (2.2.3).

Fails: right_device
"""

import torch


def to_tensors(inputs, targets):
    X = torch.tensor(inputs.to_numpy(dtype=float), device="meta")
    return X, torch.tensor(targets.to_numpy(dtype=float), device="meta")
