"""You divide A itself by `/=`.

The result is right, but whoever called you has lost the matrix. A / sums makes a new one (2.1.5, 2.3.7).

Fails: leaves_arguments_alone
"""


def normalize_rows(A):
    A /= A.sum(axis=1, keepdims=True)
    return A
