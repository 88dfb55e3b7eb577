"""You send the result to a device of your choice.

Moving a tensor copies it, and the copy on "meta" has no numbers at all. x stays where it is (2.1.5).

Fails: right_device
"""


def add_in_place(x, y):
    x += y
    return x.to("meta")
