"""Your result has shape (1,), and not ().

A tensor of shape (1,) has the same number in it, but a has shape (), and so has its gradient (2.5.4).

Fails: right_shape
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().reshape(1).requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
