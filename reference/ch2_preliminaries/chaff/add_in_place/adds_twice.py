"""You add y twice.

add_ has changed x already, and so your += adds y a second time: one of the two is enough (2.1.5).

Fails: right_values
"""


def add_in_place(x, y):
    x.add_(y)
    x += y
    return x
