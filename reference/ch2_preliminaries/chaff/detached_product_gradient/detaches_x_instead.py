"""You detach the x that u is multiplied by, and leave u in the graph.

So x counts as a constant and u doesn't: you get 2 x². It is u that should be cut off (2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    u = leaf * leaf
    (u * leaf.detach()).sum().backward()
    return leaf.grad
