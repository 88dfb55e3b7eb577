"""Joins three parts to a new matrix and copies that into X."""

import torch


def write_rows(X, start, stop, value):
    middle = torch.full((stop - start, X.shape[1]), value, dtype=X.dtype)
    return X.copy_(torch.cat((X[:start], middle, X[stop:])))
