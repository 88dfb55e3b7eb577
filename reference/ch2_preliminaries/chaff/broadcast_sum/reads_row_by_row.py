"""You compute the transposed sum, and then give it the right shape.

reshape fills row by row and doesn't exchange axes: that your shape is right doesn't mean that each number is
in its place. For that there is .T (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    return (b[:, None] + a[None, :]).reshape(len(a), len(b))
