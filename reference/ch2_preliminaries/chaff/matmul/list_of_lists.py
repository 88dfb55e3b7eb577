"""You return a list of lists, and not a tensor.

torch.tensor makes a matrix of it, which others can compute with (2.3.10).

Fails: right_type
"""


def matmul(A, B):
    return (A @ B).tolist()
