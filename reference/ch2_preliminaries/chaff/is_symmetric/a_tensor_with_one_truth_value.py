"""You return a tensor of shape () that holds the answer.

It prints like a bool, but it is a tensor, and `is True` or a file of settings would tell the difference.
bool(...) or .item() takes the answer out (2.1.6, 2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    return (A == A.T).all()
