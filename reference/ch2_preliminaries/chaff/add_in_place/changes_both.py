"""You change y first, and then x.

The sum is in x in the end, but y holds it as well: a = b = … assigns to both. Whoever calls you still needs y
as it was (2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    x[:] = y[:] = x + y
    return x
