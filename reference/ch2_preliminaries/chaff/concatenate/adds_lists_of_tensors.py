"""Your results hold the sums of X and Y, element by element.

[1] + [2] is [1, 2] for lists, but + of two tensors adds their elements, and gives a matrix of the old size.
Joining tensors takes a function of its own, torch.cat (2.1.3).

Fails: right_shape
"""


def concatenate(X, Y):
    return X + Y, X.T + Y.T
