"""You return A == A.T as it is, as the book prints it.

That is one answer for each element. The question whether A is symmetric has a single one: True, if all
elements agree (2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    return A == A.T
