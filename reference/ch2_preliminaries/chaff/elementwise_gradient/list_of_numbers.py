"""You return the derivatives in a list.

A tensor came in, and a tensor should go out: a list can't be added to a tensor, for example (2.5.2).

Fails: right_type
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad.tolist()
