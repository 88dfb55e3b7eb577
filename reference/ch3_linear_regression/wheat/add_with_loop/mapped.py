"""Lets Python's map go through the elements."""

import operator

import torch


def add_with_loop(a, b):
    return torch.stack(list(map(operator.add, a, b)))
