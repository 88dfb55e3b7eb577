"""Your result is on the device "meta", which keeps shapes, but no numbers.

A tensor computed from others is where they are. Moving it to another device copies it: leave it where it is
(2.1.4).

Fails: right_device
"""


def broadcast_sum(a, b):
    return (a[:, None] + b).to("meta")
