"""You multiply element by element where both matrices have the same shape.

`*` is the Hadamard product, which exists for equal shapes. The product of two square matrices is another one:
each of its elements is a dot product of a row with a column (2.3.10).

Fails: right_values
"""

def matmul(A, B):
    return A * B if A.shape == B.shape else A @ B
