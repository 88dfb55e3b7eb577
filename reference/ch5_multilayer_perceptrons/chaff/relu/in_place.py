"""Your code changes X itself, which is your caller's.

Whoever called you has other numbers in X afterwards. Usually that comes from `-=` and the like, from an
assignment to elements, or from a method whose name ends in an underscore: all of these write into the tensor
that you were given. `a - b` makes a new one, and `X.clone()` is a copy to work on (2.1.5, 5.1.2.1).

Fails: leaves_arguments_alone
"""


def relu(X):
    X[X < 0] = 0
    return X
