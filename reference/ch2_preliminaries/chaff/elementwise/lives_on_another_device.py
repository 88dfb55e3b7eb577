"""You move the results to a device of your choice.

A tensor computed from others is where they are. Moving it copies it, and your copy on "meta" has no numbers
at all: leave it where it is (2.1.3).

Fails: right_device
"""


def elementwise(x, y):
    return tuple(z.to("meta") for z in (x + y, x - y, x * y, x / y, x**y))
