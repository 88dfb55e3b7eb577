"""Loops over the elements; zeros of A's dtype collect them."""


def axis_sums(A):
    m, n = A.shape
    down, along, everything = A.new_zeros(n), A.new_zeros(m), A.new_zeros(())
    for i in range(m):
        for j in range(n):
            down[j] += A[i, j]
            along[i] += A[i, j]
            everything += A[i, j]
    return down, along, everything
