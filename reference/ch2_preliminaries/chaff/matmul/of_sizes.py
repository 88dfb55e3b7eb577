"""You multiply absolute values.

Products of numbers with different signs are negative, and belong to the sum as such (2.3.10).

Fails: right_values, the_identity_matrix_changes_nothing
"""


def matmul(A, B):
    return A.abs() @ B.abs()
