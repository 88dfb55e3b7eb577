"""You sum up the elements of the first result.

"Sum" may mean both: the sum of two tensors, or that of a tensor's elements. Here you add two tensors, and
every pair of elements has a sum of its own (2.1.3).

Fails: right_shape
"""


def elementwise(x, y):
    return (x + y).sum(), x - y, x * y, x / y, x**y
