"""You return a NumPy array.

The numbers are right, but what comes next expects a tensor as it gave you one. Compute with tensors, or turn
the array back by torch.from_numpy (2.1.6, 2.3.7).

Fails: right_type
"""


def normalize_rows(A):
    B = A.numpy()
    return B / B.sum(axis=1, keepdims=True)
