"""Your result is on the device "meta", which keeps shapes, but no numbers.

Moving a tensor to another device copies it, and a copy isn't X. X stays where it is (2.1.2).

Fails: right_device
"""


def write_rows(X, start, stop, value):
    X[start:stop] = value
    return X.to("meta")
