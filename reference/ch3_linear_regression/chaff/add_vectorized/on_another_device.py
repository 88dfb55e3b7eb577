"""You put the sum on a device of your choice, and not where a is.

A device that is written into a function is wrong on every other machine (6.7).

Fails: right_device
"""


def add_vectorized(a, b):
    return (a + b).to("meta")
