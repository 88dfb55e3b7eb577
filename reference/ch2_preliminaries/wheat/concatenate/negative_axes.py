"""Counts the axes from the end."""

import torch


def concatenate(X, Y):
    return torch.concat((X, Y), dim=-2), torch.concat((X, Y), axis=-1)
