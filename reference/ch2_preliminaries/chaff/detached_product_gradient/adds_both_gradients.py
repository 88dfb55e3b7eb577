"""You go backward through u * x, and then through y, without clearing the grad in between.

The second gradient is added to the first: u + 2 x. Where two gradients are wanted, the first is cleared (2.5.1,
2.5.3).

Fails: right_values
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    y = leaf * leaf
    (y.detach() * leaf).sum().backward()
    y.sum().backward()
    return leaf.grad
