"""Where A and B are square, your sum isn't transposed.

The transpose of a square matrix has the same shape, but not the same numbers: what stands in row i and column
j belongs in row j and column i, however many rows and columns there are (2.3.3).

Fails: right_values
"""

def transpose_sum(A, B):
    C = A + B
    return C if C.shape == (C.shape[1], C.shape[0]) else C.T
