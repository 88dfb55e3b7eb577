"""You call PyTorch's own tanh.

Its values are right, and outside this exercise it is what you should use. Here the point is to write it yourself, with
exponentials or by another activation (5.1.2.3).

Fails: from_scratch
"""


def tanh(X):
    return X.tanh()
