"""You return a number of Python.

The gradient of a tensor is a tensor, here one of shape () (2.5.4).

Fails: right_type
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad.item()
