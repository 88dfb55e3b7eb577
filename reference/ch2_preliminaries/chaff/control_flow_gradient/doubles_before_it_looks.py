"""Where 2 |a| is 1000 or more already, your function doubles once too often.

A loop that ends with the question has always done one round. A while asks first: where 2 a is large enough
already, b is never doubled again (2.5.4).

Fails: right_values
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    small = True
    while small:
        b = b * 2
        small = b.norm() < 1000
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad
