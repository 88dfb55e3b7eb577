"""Your result is 3 x²: u doesn't count as a constant.

As a part of the graph, u = x * x is differentiated, too, and you have the gradient of the sum of x³. Detach u
(2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = leaf * leaf
    (u * leaf).sum().backward()
    return leaf.grad
