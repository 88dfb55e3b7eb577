"""Negative numbers are doubled too often in your function.

Perhaps you compare b itself with 1000, and not its norm: a negative number stays below 1000 however often it
is doubled, and another way out comes too late. The norm of a number is its absolute value (2.3.11, 2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while -100000 < b < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
