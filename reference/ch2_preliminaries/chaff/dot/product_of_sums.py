"""You multiply the sums of the two vectors.

For (1, 2) and (3, 4) that is 3 times 7, but the dot product is 3 + 8: each element meets only its partner
(2.3.8).

Fails: right_values
"""


def dot(x, y):
    return x.sum() * y.sum()
