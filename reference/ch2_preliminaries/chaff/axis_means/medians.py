"""You return medians, the elements in the middle.

Of an odd count of evenly spaced numbers, such as a row 0, 1, 2, the median is the mean, too; in general it
isn't. A mean is the sum over the number of elements (2.3.6).

Fails: right_values
"""


def axis_means(A):
    return A.median(dim=0).values, A.median(dim=1).values, A.median()
