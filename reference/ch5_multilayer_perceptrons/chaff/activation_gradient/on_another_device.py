"""Your gradient is not on the device of x.

A device that is written into a function is wrong wherever its arguments are on another one. The gradient is on x's
device by itself (6.7).

Fails: right_device
"""


def activation_gradient(f, x):
    x = x.detach().clone().requires_grad_()
    f(x).sum().backward()
    return x.grad.to("meta")
