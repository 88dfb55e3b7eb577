"""Hoards lists."""

def double(n):
    hoard = []
    while True:
        hoard.append([0] * 10**6)
