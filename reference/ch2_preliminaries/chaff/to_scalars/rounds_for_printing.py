"""You round the float to four digits, as tensors are printed.

Printing shortens a number, and item doesn't: it has all the digits that x has. Hand your numbers on as they
are (2.1.6).

Fails: right_values
"""


def to_scalars(x):
    return round(x.item(), 4), round(float(x), 4), int(x)
