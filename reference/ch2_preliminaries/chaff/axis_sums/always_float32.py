"""You convert the matrix to float32 first.

It is PyTorch's default, but whoever gives you float64 wants its digits, and those that the conversion drops
don't come back (2.1.1, 2.3.6).

Fails: right_dtype
"""


def axis_sums(A):
    A = A.float()
    return A.sum(axis=0), A.sum(axis=1), A.sum()
