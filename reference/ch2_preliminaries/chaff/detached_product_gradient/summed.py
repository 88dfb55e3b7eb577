"""You return the sum of the gradient.

Only u * x is summed, so that there is one number to differentiate. The gradient has x's shape (2.5.3).

Fails: right_shape
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).sum().backward()
    return leaf.grad.sum()
