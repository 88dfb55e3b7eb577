"""Your products are sums over an axis, as in a product of matrices.

Two vectors give a single number then, as with @. The elementwise product is x * y (2.1.3, 2.3.8).

Fails: right_shape
"""


def elementwise(x, y):
    product = x @ y if x.dim() == 1 else x @ y.mT
    return x + y, x - y, product, x / y, x**y
