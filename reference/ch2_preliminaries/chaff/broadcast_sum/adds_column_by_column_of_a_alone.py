"""Your result has a in every column, and leaves b out.

The shape is right, and where b is 0 the numbers are, too. Broadcasting copies both in thought, and the sum
needs b as well (2.1.4).

Fails: right_values
"""


def broadcast_sum(a, b):
    return a[:, None].repeat(1, len(b))
