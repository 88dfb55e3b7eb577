"""You multiply x by y in place, to save memory, and sum that.

The result is right, but your caller's x holds the products now. x * y makes a new vector (2.1.5).

Fails: leaves_arguments_alone
"""


def dot(x, y):
    return x.mul_(y).sum()
