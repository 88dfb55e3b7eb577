"""A loop over the rows, stacked at the end."""

import torch


def softmax(X):
    rows = []
    for x in X:
        e = x.exp()
        rows.append(e / e.sum())
    return torch.stack(rows)
