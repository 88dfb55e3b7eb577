"""Your numbers are those of the transposed sum, read row by row and cut into rows of the right length.

reshape, for example, fills row by row and doesn't exchange axes: that the shape is right doesn't mean that
each number is in its place. For that there is .T (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    return (b[:, None] + a[None, :]).reshape(len(a), len(b))
