"""You move each row until it sums to 1, by adding the same to all of its elements.

A sum of 1 can be reached so, too, but the elements are to keep their proportions: divide (2.3.7).

Fails: right_values
"""


def normalize_rows(A):
    n = A.shape[1]
    return A - A.mean(axis=1, keepdims=True) + 1 / n
