"""Your slope is 2 where a is positive and 200 where it is negative, however often b is doubled.

Usually the doublings aren't recorded: they run under no_grad, or with detached numbers. A loop is a part of the
function, and each doubling of b doubles its slope, too (2.5.4).

Fails: right_values
"""

def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b.data *= 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
