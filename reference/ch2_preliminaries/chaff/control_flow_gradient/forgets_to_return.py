"""Your function returns None.

Perhaps it ends without `return`, or returns what backward returns, which is None. backward leaves the
gradient in the leaf's grad: return that (2.5.1).

Fails: right_type
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    return c.backward()
