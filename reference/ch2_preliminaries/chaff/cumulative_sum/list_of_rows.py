"""You return a Python list of rows.

torch.stack makes a matrix of them, which others can compute with (2.3.6).

Fails: right_type
"""


def cumulative_sum(A):
    return list(A.cumsum(axis=0))
