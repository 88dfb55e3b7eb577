"""Your result is on the device "meta", which keeps shapes, but no numbers.

Moving a tensor to another device copies it, and a copy isn't X. X stays where it is (2.1.2).

Fails: right_device
"""


def write_element(X, row, col, value):
    X[row, col] = value
    return X.to("meta")
