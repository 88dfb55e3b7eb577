"""Your result is on the device "meta", and not where a is.

A device that is written into a function is wrong wherever the arguments are on another one. The gradient is
on a's device by itself (6.7).

Fails: right_device
"""


def control_flow_gradient(a):
    leaf = a.detach().clone().requires_grad_()
    b = leaf * 2
    while b.norm() < 1000:
        b = b * 2
    c = b if b.sum() > 0 else 100 * b
    c.backward()
    return leaf.grad.to("meta")
