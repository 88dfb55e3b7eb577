"""Your result is 2 x², as if x were the constant, and u were not.

That happens where the x that u is multiplied by is detached, and u stays in the graph. It is u that should be
cut off (2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = leaf * leaf
    (u * leaf.detach()).sum().backward()
    return leaf.grad
