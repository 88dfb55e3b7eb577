"""You add each row of A to the next one, in A itself.

The result is right, but whoever called you has lost the matrix. Work on A.clone() (2.1.5).

Fails: leaves_arguments_alone
"""


def cumulative_sum(A):
    for i in range(1, len(A)):
        A[i] += A[i - 1]
    return A
