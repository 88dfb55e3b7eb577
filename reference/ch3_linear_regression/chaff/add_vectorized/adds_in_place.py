"""Your code changes a itself, which is your caller's.

Whoever called you has other numbers in a afterwards. Usually that comes from `+=` and the like, from an
assignment to elements, or from a method whose name ends in an underscore: all of these write into the tensor
that you were given. `a + b` makes a new one, and `a.clone()` is a copy to work on (2.1.5).

Fails: leaves_arguments_alone
"""


def add_vectorized(a, b):
    return a.add_(b)
