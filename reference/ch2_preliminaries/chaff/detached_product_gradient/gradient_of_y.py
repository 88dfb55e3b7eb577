"""You return 2 x, the gradient of y = x * x.

y and u have the same numbers, but it is u * x that is differentiated, and u is a constant there (2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    y = leaf * leaf
    y.sum().backward()
    return leaf.grad
