"""Example by example, in Python."""

import torch


def accuracy(Y_hat, Y, averaged=True):
    hits = []
    for scores, label in zip(Y_hat.tolist(), Y.tolist()):
        hits.append(1.0 if scores.index(max(scores)) == label else 0.0)
    if averaged:
        return torch.tensor(sum(hits) / len(hits), device=Y.device)
    return torch.tensor(hits, device=Y.device)
