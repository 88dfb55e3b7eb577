"""You collect the elements in lists within a list, and return that.

torch.stack and torch.tensor make a matrix of them, which others can compute with (2.3.10).

Fails: right_type
"""


def matmul(A, B):
    return (A @ B).tolist()
