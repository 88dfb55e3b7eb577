"""Computes with Python's own numbers, one pair after the other."""

import torch


def elementwise(x, y):
    pairs = list(zip(x.flatten().tolist(), y.flatten().tolist()))

    def tensor(numbers):
        return torch.tensor(numbers, dtype=x.dtype).reshape(x.shape)

    return (
        tensor([a + b for a, b in pairs]),
        tensor([a - b for a, b in pairs]),
        tensor([a * b for a, b in pairs]),
        tensor([a / b for a, b in pairs]),
        tensor([a**b for a, b in pairs]),
    )
