"""Where the norm becomes exactly 1000, you double once more.

The loop ends as soon as it isn't below 1000: a norm of exactly 1000 is not doubled again (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() <= 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
