"""Your sum is on another device than a.

Often a device is written into the function, which is wrong wherever the arguments are on another one. The sum of
two tensors is where they are (6.7).

Fails: right_device
"""


def add_vectorized(a, b):
    return (a + b).to("meta")
