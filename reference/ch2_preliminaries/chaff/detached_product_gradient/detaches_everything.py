"""Your code goes backward from a result that nothing connects with x, and fails.

If the product is detached, and not only u, nothing leads back to x any more, and backward has nothing to go
along (2.5.3).

Fails: accepts_its_arguments
"""


def detached_product_gradient(x):
    leaf = x.detach().clone().requires_grad_()
    z = (leaf * leaf * leaf).detach()
    z.sum().backward()
    return leaf.grad
