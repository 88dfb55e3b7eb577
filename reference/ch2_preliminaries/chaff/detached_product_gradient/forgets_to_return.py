"""Your function returns None.

Usually it ends without `return`. What backward returns is None, too. The gradient is in the leaf's grad,
which you have to hand back (2.5.1).

Fails: right_type
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).sum().backward()
