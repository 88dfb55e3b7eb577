"""Raises an exception of sixteen megabytes."""

def double(n):
    said = 'x' * 2**24
    raise RuntimeError(said)
