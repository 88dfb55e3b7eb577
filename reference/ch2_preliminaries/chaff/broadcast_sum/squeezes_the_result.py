"""Where a or b has a single element, your result has no axis for it.

squeeze(), for example, removes every axis of length 1. A single row is still a matrix with two axes, and so
is a single column (2.1.4).

Fails: right_shape
"""


def broadcast_sum(a, b):
    return (a[:, None] + b[None, :]).squeeze()
