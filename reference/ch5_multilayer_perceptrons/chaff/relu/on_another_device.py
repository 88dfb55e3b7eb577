"""Your result is not on the device of X.

A device that is written into a function is wrong wherever its arguments are on another one. Tensors made from X are
on X's device by themselves (6.7).

Fails: right_device
"""


def relu(X):
    return X.clamp(min=0).to("meta")
