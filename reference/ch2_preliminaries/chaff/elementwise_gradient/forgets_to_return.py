"""Your function returns None.

Perhaps it ends without `return`, or returns what backward returns, which is None. backward leaves the
gradient in the leaf's grad: return that (2.5.1).

Fails: right_type
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    return f(leaf).sum().backward()
