"""You return NumPy arrays.

The numbers are right, but your caller wants tensors: all five operators work on tensors as they are (2.1.3).

Fails: right_type
"""


def elementwise(x, y):
    x, y = x.numpy(), y.numpy()
    return x + y, x - y, x * y, x / y, x**y
