"""You multiply positive numbers by 100, and leave negative ones.

It is the other way round: b is returned where its sum is positive (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() < 0 else 100 * b
    c.backward()
    return leaf.grad
