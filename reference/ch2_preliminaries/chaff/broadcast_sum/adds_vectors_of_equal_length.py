"""Where a and b are of the same length, your result is a vector, their sum element by element.

Perhaps they seemed to need no broadcasting then. But here every element of a meets every element of b, so that the
result is a matrix, whatever the lengths are: of shape (n, n) for two vectors of length n (2.1.4).

Fails: right_shape
"""

def broadcast_sum(a, b):
    if a.shape == b.shape:
        return a + b
    return a.reshape(-1, 1) + b
