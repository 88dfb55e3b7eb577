"""You multiply the elements.

Asked for is their sum. With 2 and 2 it makes no difference, with most other numbers it does (3.1.2).

Fails: right_values
"""


def add_vectorized(a, b):
    return a * b
