"""You square x in place.

x.data.mul_ writes into your caller's tensor. x * x makes a new one (2.1.5).

Fails: its_argument_keeps_its_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = x.data.mul_(x.data)
    (u * leaf).sum().backward()
    return leaf.grad
