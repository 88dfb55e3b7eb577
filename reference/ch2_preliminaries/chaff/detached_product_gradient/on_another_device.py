"""Your result is on the device "meta", and not where x is.

A device that is written into a function is wrong wherever the arguments are on another one. The gradient is
on x's device by itself (6.7).

Fails: right_device
"""


def detached_product_gradient(x):
    return (x * x).to("meta")
