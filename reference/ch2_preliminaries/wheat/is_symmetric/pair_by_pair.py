"""A double loop that stops at the first pair that differs."""


def is_symmetric(A):
    n = A.shape[0]
    for i in range(n):
        for j in range(i):
            if A[i, j] != A[j, i]:
                return False
    return True
