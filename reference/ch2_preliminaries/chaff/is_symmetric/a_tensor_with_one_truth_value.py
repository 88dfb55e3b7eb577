"""You return a tensor of shape () that holds the answer.

It prints almost like a bool, but it is a tensor, and `is True`, for example, tells the difference. bool(...)
or .item() takes the answer out (2.1.6, 2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    return (A == A.T).all()
