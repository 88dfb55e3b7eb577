"""You return the sums of the rows, as a column.

They are what each row is to be divided by. The result has an element for each element of A (2.3.7).

Fails: right_shape
"""


def normalize_rows(A):
    return A.sum(axis=1, keepdims=True)
