"""Your function changes x and returns None.

For Python's own lists that would be the custom: extend returns None, too. Here x is also asked for as the
result: return x (2.1.5).

Fails: right_type
"""


def add_in_place(x, y):
    x += y
