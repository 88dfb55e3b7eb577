"""You return truth values, and not the gradient.

The book prints x.grad == u to show that the two are equal. Asked for is the gradient itself (2.5.3).

Fails: right_dtype
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).sum().backward()
    return leaf.grad == u
