"""You return the numbers 1 and 0 for yes and no.

They behave like True and False in an `if`, but a bool was asked for, and prints as one. bool(...) turns one
into the other (2.3.3).

Fails: right_type
"""


def is_symmetric(A):
    return int((A == A.T).all())
