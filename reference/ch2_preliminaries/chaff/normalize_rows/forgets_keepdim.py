"""You divide (m, n) by sums of shape (m,), or as if they had that shape.

Broadcasting lines up the last axes, so that m meets n: on a square matrix it runs and divides columns by
rows' sums, on most others it fails. With keepdims=True the sums stay a column, (m, 1) (2.1.4, 2.3.7).

Fails: accepts_its_arguments
"""


def normalize_rows(A):
    return A / A.sum(axis=1)
