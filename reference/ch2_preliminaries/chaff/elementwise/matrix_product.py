"""You multiply by @, the product of matrices.

It sums over an axis, so that two vectors give you a single number. The elementwise product is x * y (2.1.3,
2.3.8).

Fails: right_shape
"""


def elementwise(x, y):
    product = x @ y if x.dim() == 1 else x @ y.mT
    return x + y, x - y, product, x / y, x**y
