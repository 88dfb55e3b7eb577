"""You multiply the elements.

Asked for is their sum (3.1.2).

Fails: right_values
"""


def add_vectorized(a, b):
    return a * b
