"""You move the result to a device of your choice.

A tensor computed from others is where they are. Moving it copies it, and your copy on "meta" has no numbers
at all: leave it where it is (2.1.4).

Fails: right_device
"""


def broadcast_sum(a, b):
    return (a[:, None] + b).to("meta")
