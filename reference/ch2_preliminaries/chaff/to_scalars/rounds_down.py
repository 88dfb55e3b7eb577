"""Your third number is rounded down.

For positive numbers that is what int does. Below 0 it isn't: int(-3.5) is -3, its floor is -4 (2.1.6).

Fails: right_values
"""

import math


def to_scalars(x):
    return x.item(), float(x), math.floor(x.item())
