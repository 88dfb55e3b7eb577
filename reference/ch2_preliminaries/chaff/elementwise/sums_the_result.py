"""Your first result is a single number, the total of all elements.

"Sum" may mean both: the sum of two tensors, or that of a tensor's elements. Here two tensors are added, and
every pair of elements has a sum of its own (2.1.3).

Fails: right_shape
"""


def elementwise(x, y):
    return (x + y).sum(), x - y, x * y, x / y, x**y
