"""You take the columns of B from a reshaped B, or as if it were reshaped.

reshape(n, k) cuts the same sequence of numbers into other rows: these are not B's columns. A transpose has
them as its rows (2.3.3, 2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""

def matmul(A, B):
    k, n = B.shape
    return A @ B.reshape(n, k).T
