"""You return sums.

A mean is the sum divided by the number of elements that were summed (2.3.6).

Fails: right_values
"""


def axis_means(A):
    return A.sum(axis=0), A.sum(axis=1), A.sum()
