"""You return a matrix of answers, one for each element.

A == A.T is such a matrix, as the book prints it. The question whether A is symmetric has a single answer:
True, if all elements agree (2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    return A == A.T
