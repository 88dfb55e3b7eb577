"""Your slope lacks the factor 100 where a is negative.

There 100 b is the function's value, and its slope is 100 times as large. Autograd follows the branch that was
taken, if there is one (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b
    c.backward()
    return leaf.grad
