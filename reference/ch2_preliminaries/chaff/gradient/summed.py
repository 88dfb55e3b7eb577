"""You return the sum of all partial derivatives.

The gradient has one of them for each element, and so has x's shape (2.4.3, 2.5.1).

Fails: right_shape
"""


def gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).backward()
    return leaf.grad.sum()
