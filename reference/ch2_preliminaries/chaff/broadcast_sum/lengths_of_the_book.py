"""You reshape a to (3, 1) and b to (1, 2), the shapes in the book.

Vectors of other lengths don't fit. Take the lengths from a and b, or write -1 and let reshape find them (2.1.2,
2.1.4).

Fails: accepts_its_arguments
"""


def broadcast_sum(a, b):
    column, row = a.reshape((3, 1)), b.reshape((1, 2))
    return column + row
