"""You divide every sum by the number of all elements.

That is right for the sum of everything alone. A column's mean is over m elements, a row's over n (2.3.5,
2.3.6).

Fails: right_values
"""


def axis_means(A):
    return tuple(total / A.numel() for total in (A.sum(axis=0), A.sum(axis=1), A.sum()))
