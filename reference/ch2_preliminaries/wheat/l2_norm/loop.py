"""Adds up squares one by one."""

import torch


def l2_norm(x):
    total = torch.zeros((), dtype=x.dtype)
    for element in x:
        total = total + element * element
    return total.sqrt()
