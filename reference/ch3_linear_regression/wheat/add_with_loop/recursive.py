"""The first element, and then the rest in the same way."""

import torch


def add_with_loop(a, b):
    first = a[:1] + b[:1]
    return first if len(a) == 1 else torch.cat((first, add_with_loop(a[1:], b[1:])))
