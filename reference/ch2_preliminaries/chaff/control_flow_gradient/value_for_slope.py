"""You return f(a), not its derivative.

Around a, f is usually a part of a straight line through 0, so that its slope is f(a) / a, which backward
finds (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    return c.detach()
