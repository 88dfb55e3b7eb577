"""Your code changes A itself, which is your caller's.

Whoever called you finds another A afterwards. Usually that comes from `-=` and the like, from an assignment
to elements, or from a method whose name ends in an underscore: each of these changes the tensor that it is
used on. `a - b` makes a new one, and `A.clone()` is a copy to work on (2.1.5).

Fails: leaves_arguments_alone
"""


def cumulative_sum(A):
    for i in range(1, len(A)):
        A[i] += A[i - 1]
    return A
