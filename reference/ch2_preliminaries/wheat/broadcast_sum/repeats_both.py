"""Copies both vectors to the full size, as broadcasting does in thought."""


def broadcast_sum(a, b):
    m, n = len(a), len(b)
    return a.reshape(m, 1).repeat(1, n) + b.reshape(1, n).expand(m, n)
