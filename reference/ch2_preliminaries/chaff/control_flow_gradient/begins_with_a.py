"""Where |a| is 1000 or more, your slope is half of the right one.

Perhaps you begin with b = a, and not with 2 a. Below 1000 the loop makes up for it; a number that is larger
from the start is never doubled then (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
