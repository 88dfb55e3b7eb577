"""You differentiate the mean of u * x.

That divides each derivative by the number of elements. The sum is asked for (2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).mean().backward()
    return leaf.grad
