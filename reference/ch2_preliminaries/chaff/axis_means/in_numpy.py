"""You return arrays and numbers of NumPy.

Their values are right, but the matrix was a tensor, and its means are to be tensors, too (2.1.6, 2.3.6).

Fails: right_type
"""


def axis_means(A):
    B = A.numpy()
    return B.mean(axis=0), B.mean(axis=1), B.mean()
