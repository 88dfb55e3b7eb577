"""You multiply B by A where both are square.

Then no shape tells you that the factors have changed places; but in general the product is another one. Rows
come from the first factor, columns from the second (2.3.10).

Fails: right_values
"""

def matmul(A, B):
    return B @ A if A.shape == B.shape else A @ B
