"""You copy x into a float32 tensor.

The leaf of your own needs x's dtype: from a list torch.tensor makes float32, and digits that are dropped don't come
back (2.1.1).

Fails: right_dtype
"""


def detached_product_gradient(x):
    leaf = x.detach().float().clone().requires_grad_()
    u = (leaf * leaf).detach()
    (u * leaf).sum().backward()
    return leaf.grad
