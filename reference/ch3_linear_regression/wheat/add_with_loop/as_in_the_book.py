"""Fills zeros, without a thought of where they are."""

import torch


def add_with_loop(a, b):
    c = torch.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c
