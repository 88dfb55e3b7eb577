"""Gives both vectors an axis of length 1."""


def broadcast_sum(a, b):
    return a.unsqueeze(1) + b.unsqueeze(0)
