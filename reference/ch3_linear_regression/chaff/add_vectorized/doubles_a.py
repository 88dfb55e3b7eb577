"""Your result is twice a: b has no part in it.

When a and b are both ones, as in the book, that is the same. Each element is the sum of one of a and one of b
(3.1.2).

Fails: right_values
"""


def add_vectorized(a, b):
    return a + a
