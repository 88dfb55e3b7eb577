"""You convert the sum to float32.

Where float64 came in, half of the digits are dropped (2.1.1).

Fails: right_dtype
"""


def add_vectorized(a, b):
    return (a + b).float()
