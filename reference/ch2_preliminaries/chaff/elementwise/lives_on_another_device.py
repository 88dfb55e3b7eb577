"""Your results are on the device "meta", which keeps shapes, but no numbers.

A tensor computed from others is where they are. Moving it to another device copies it: leave it where it is
(2.1.3).

Fails: right_device
"""


def elementwise(x, y):
    return tuple(z.to("meta") for z in (x + y, x - y, x * y, x / y, x**y))
