"""After b = 2 a you double at most once more.

An if in the place of the while does that, for example. Small numbers need many doublings before their norm
reaches 1000 (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    if b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
