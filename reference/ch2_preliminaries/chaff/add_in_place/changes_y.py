"""After your call y holds the sum, and x is as it was.

The sum is right, but y is lost. The tensor before += is the one that changes, and so is the one whose add_ is
called: x += y (2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    y += x
    return y
