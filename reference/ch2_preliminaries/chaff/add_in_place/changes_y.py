"""You add x to y in place.

The sum is the same, but it lies where y lay, and y is lost. The tensor before your += is the one that changes
(2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    y += x
    return y
