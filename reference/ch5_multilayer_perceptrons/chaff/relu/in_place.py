"""You write the zeros into X itself.

The result is right, but whoever called you has lost the negative elements. Work on a copy, or with functions that
make new tensors (2.1.5, 5.1.2.1).

Fails: leaves_arguments_alone
"""


def relu(X):
    X[X < 0] = 0
    return X
