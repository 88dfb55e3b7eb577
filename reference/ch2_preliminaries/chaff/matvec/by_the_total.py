"""You multiply the sums of the rows with the sum of x.

Each element of a row meets its own partner in x, not all of them. Where x is constant that is the same up to
a factor (2.3.9).

Fails: right_values, a_one_among_zeros_picks_a_column
"""


def matvec(A, x):
    return A.sum(axis=1) * x.sum()
