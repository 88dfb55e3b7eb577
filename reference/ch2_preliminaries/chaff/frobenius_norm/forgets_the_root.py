"""Your result is the sum of squares, without a root.

A matrix of ones with 4 rows and 9 columns has norm 6, not 36: the root is missing (2.3.11).

Fails: right_values
"""


def frobenius_norm(A):
    return (A**2).sum()
