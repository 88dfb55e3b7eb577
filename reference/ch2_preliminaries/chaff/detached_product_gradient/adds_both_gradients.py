"""Your result is u + 2 x, the sum of two gradients.

One is that of u * x, the other that of y = x * x; a grad that isn't cleared between two backward passes adds
them, for example. Here only that of u * x is wanted (2.5.1, 2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    y = leaf * leaf
    (y.detach() * leaf).sum().backward()
    y.sum().backward()
    return leaf.grad
