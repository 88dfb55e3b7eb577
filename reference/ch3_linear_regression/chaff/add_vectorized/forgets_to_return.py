"""You compute the sum, and return nothing.

A function without return gives None (3.1.2).

Fails: right_type
"""


def add_vectorized(a, b):
    c = a + b
