"""Your base is 2.718 where it should be e.

That is 0.01 % too small, and in a power of it the error grows with x. torch.exp has e to all digits (5.1.2.2).

Fails: right_values
"""


def sigmoid(X):
    return 1 / (1 + 2.718**-X)
