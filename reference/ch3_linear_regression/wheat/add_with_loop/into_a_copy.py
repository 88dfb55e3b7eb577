"""Adds each element of b to a copy of a."""

def add_with_loop(a, b):
    c = a.clone()
    i = 0
    while i < c.shape[0]:
        c[i] += b[i]
        i += 1
    return c
