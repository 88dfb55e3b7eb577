"""Your numbers are right, but at least one of the three is of another type than asked for.

The first is what item gives: a float, but an int for a tensor of integers. The second is always a float, the
third always an int: 3.0, as torch.trunc and item make it of 3.5, equals 3 and is a float (2.1.6).

Fails: each_is_of_its_own_type
"""


def to_scalars(x):
    number = float(x)
    return number, number, int(number)
