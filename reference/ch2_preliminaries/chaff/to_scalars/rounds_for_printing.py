"""Your first two numbers are rounded to four digits behind the point, as tensors are printed.

Printing shortens a number, and item doesn't: it has all the digits that x has. Hand the numbers on as they
are (2.1.6).

Fails: right_values
"""


def to_scalars(x):
    return round(x.item(), 4), round(float(x), 4), int(x)
