"""Fills five empty tensors; computes in place, but on copies."""

import torch


def elementwise(x, y):
    results = [torch.empty_like(x) for _ in range(5)]
    results[0].copy_(y).add_(x)
    results[1][:] = x.clone().sub_(y)
    results[2][...] = x * y
    results[3].copy_(x / y)
    results[4] = x.double().pow(y.double()).to(x.dtype)
    return tuple(results)
