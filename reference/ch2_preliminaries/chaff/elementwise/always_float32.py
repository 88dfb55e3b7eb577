"""You turn x and y into float32.

For any other dtype that rounds the numbers and gives your results another dtype than that of the arguments.
The operators keep the dtype (2.1.3).

Fails: right_dtype
"""


def elementwise(x, y):
    x, y = x.float(), y.float()
    return x + y, x - y, x * y, x / y, x**y
