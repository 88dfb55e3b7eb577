"""You add y twice.

For example, += after add_ adds y a second time, since each of them changes x by itself: one of the two is
enough (2.1.5).

Fails: right_values
"""


def add_in_place(x, y):
    x.add_(y)
    x += y
    return x
