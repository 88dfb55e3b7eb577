"""You return means.

A sum isn't divided by anything. The mean comes after it in the book: it is the sum over the number of
elements (2.3.6).

Fails: right_values
"""


def axis_sums(A):
    return A.mean(axis=0), A.mean(axis=1), A.mean()
