"""You write the sum into y, too.

It lies in x, as it should, but y holds it as well. Usually y += x comes first, or one assignment goes to both.
Whoever calls you still needs y as it was (2.1.5).

Fails: y_stays_as_it_is
"""


def add_in_place(x, y):
    x[:] = y[:] = x + y
    return x
