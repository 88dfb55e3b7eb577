"""Your result is on the device "meta", and not where x is.

A device that is written into a function is wrong wherever the arguments are on another one. The gradient is
on x's device by itself (6.7).

Fails: right_device
"""


def elementwise_gradient(f, x):
    leaf = x.detach().clone().requires_grad_()
    f(leaf).sum().backward()
    return leaf.grad.to("meta")
