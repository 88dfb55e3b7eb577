"""Calls vstack and hstack, in a list."""

import torch


def concatenate(X, Y):
    return [torch.vstack([X, Y]), torch.hstack([X, Y])]
