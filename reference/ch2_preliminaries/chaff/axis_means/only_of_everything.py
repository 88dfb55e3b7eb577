"""You return the mean of everything alone.

Three means are asked for: down the rows, along the columns, of everything, as a tuple in this order (2.3.6).

Fails: right_type
"""


def axis_means(A):
    return A.mean()
