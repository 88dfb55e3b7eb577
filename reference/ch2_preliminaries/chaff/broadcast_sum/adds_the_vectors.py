"""You add the vectors as they are, element by element.

Two axes that lie above each other must have the same length, or one of them length 1; other vectors raise an
error. Give a the shape of a column first (2.1.4).

Fails: accepts_its_arguments
"""


def broadcast_sum(a, b):
    return a + b
