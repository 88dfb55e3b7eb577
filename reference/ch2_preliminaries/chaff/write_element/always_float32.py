"""You turn X into float32 before you write.

For a float32 tensor that does nothing. For any other it makes a copy in another dtype, and you write into
that. The number takes on X's dtype by itself (2.1.2).

Fails: right_dtype
"""


def write_element(X, row, col, value):
    X = X.float()
    X[row, col] = value
    return X
