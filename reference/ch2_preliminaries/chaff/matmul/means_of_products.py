"""You divide by the number of products in each sum.

That is the mean, k times too small. Each element is a dot product, a sum (2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""


def matmul(A, B):
    return A @ B / A.shape[1]
