"""Your result is on the device "meta", which keeps shapes, but no numbers.

Moving a tensor to another device copies it, and a copy isn't x. x stays where it is (2.1.5).

Fails: right_device
"""


def add_in_place(x, y):
    x += y
    return x.to("meta")
