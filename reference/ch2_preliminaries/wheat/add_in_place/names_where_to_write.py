"""Tells torch.add where its result goes."""

import torch


def add_in_place(x, y):
    return torch.add(x, y, out=x)
