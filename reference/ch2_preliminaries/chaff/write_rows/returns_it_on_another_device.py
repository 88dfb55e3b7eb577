"""You send the result to a device of your choice.

Moving a tensor copies it, and the copy on "meta" has no numbers at all. X stays where it is (2.1.2).

Fails: right_device
"""


def write_rows(X, start, stop, value):
    X[start:stop] = value
    return X.to("meta")
