"""Raises an exception of sixteen megabytes."""

def double(n):
    raise RuntimeError('x' * 2**24)
