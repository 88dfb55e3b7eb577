"""You don't detach u.

Then u = x * x is part of the graph, and you have the gradient of the sum of x³: 3 x². Here u is to count as a constant
(2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = leaf * leaf
    (u * leaf).sum().backward()
    return leaf.grad
