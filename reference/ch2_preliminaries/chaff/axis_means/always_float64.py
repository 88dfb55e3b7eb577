"""What you return is float64, whatever dtype came in.

More digits do no harm on the way, but the result has the dtype of what was given: convert it back (2.1.1,
2.3.6).

Fails: right_dtype
"""


def axis_means(A):
    B = A.double()
    return B.mean(axis=0), B.mean(axis=1), B.mean()
