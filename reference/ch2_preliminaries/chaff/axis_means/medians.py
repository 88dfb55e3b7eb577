"""You return medians, the elements in the middle.

For evenly spaced numbers, such as the book's 0 to 5, they are near the means. A mean is the sum over the
number of elements (2.3.6).

Fails: right_values
"""


def axis_means(A):
    return A.median(dim=0).values, A.median(dim=1).values, A.median()
