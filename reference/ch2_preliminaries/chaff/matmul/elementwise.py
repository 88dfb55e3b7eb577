"""You multiply element by element, as * does.

That is the Hadamard product: it multiplies what stands in the same place, and wants matrices of one shape, or
such as can be broadcast to one. A matrix product joins rows and columns (2.3.10).

Fails: accepts_its_arguments
"""


def matmul(A, B):
    return A * B
