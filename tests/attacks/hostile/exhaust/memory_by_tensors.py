"""Asks for more memory than there is."""

import torch


def double(n):
    return torch.ones(2**36)
