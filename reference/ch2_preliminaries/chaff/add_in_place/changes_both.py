"""After your call y holds the sum, too.

Only x is to change: whoever calls you may still need y as it was. Both change, for example, where one
assignment goes to x[:] and y[:], or where y += x comes first, and then x[:] = y (2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    x[:] = y[:] = x + y
    return x
