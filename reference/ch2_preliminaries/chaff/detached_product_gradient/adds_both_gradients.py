"""You have u + 2 x: the gradients of two backward passes, added up.

One is that of u * x, the other that of y, and the grad isn't cleared in between. Where two gradients are wanted, the
first is cleared; here only that of u * x is (2.5.1, 2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    y = leaf * leaf
    (y.detach() * leaf).sum().backward()
    y.sum().backward()
    return leaf.grad
