"""You multiply the sums of the two vectors.

Where one of them is all ones that is the same, as in the example. In general each element meets only its
partner (2.3.8).

Fails: right_values
"""


def dot(x, y):
    return x.sum() * y.sum()
