"""Joins the columns as the rows of the transposed matrices."""

import torch


def concatenate(X, Y):
    return torch.cat([X, Y]), torch.cat([X.T, Y.T]).T
