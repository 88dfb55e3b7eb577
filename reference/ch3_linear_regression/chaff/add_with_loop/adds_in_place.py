"""Your code changes a itself, which is your caller's.

Whoever called you has other numbers in a afterwards. Usually that comes from `+=` and the like, from an
assignment to elements, or from a method whose name ends in an underscore: all of these write into the tensor
that you were given. `a[i] + b[i]` makes a new one, and `a.clone()` is a copy to work on (2.1.5, 3.1.2).

Fails: leaves_arguments_alone
"""


def add_with_loop(a, b):
    for i in range(len(a)):
        a[i] += b[i]
    return a
