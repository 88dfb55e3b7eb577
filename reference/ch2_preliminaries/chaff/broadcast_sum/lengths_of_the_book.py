"""Your code runs for 3 and 2 elements only, the lengths in the book.

Shapes that are written as numbers, such as (3, 1) and (1, 2), don't fit vectors of other lengths. Take the
lengths from a and b, or write -1 and let reshape find them (2.1.2, 2.1.4).

Fails: accepts_its_arguments
"""


def broadcast_sum(a, b):
    column, row = a.reshape((3, 1)), b.reshape((1, 2))
    return column + row
