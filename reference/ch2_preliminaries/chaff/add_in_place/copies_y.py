"""What you return holds y's numbers, and not the sum.

x[:] = y, for example, writes into x's memory, as it should, but x's old numbers are gone and not part of a
sum: x + y has to stand on the right (2.1.5).

Fails: right_values
"""


def add_in_place(x, y):
    x[:] = y
    return x
