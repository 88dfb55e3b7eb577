"""Where a and b can be added as they are, your result is a vector.

That is where they have the same length, or one of them has a single element. Perhaps a + b is tried first, and a
only becomes a column if that fails. Every element of a meets every element of b: the result is always a matrix
(2.1.4).

Fails: right_shape
"""

def broadcast_sum(a, b):
    try:
        return a + b
    except RuntimeError:
        return a.reshape(-1, 1) + b
