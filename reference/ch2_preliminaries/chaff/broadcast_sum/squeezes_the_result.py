"""You remove axes of length 1 from the result.

Where both vectors have two elements or more that does nothing. A single row is still a matrix with two axes,
and so is your single column (2.1.4).

Fails: right_shape
"""


def broadcast_sum(a, b):
    return (a[:, None] + b[None, :]).squeeze()
