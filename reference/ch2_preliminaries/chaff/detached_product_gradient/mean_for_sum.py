"""Your derivatives are divided by the number of elements.

That is the gradient of the mean of u * x. The sum is asked for (2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).mean().backward()
    return leaf.grad
