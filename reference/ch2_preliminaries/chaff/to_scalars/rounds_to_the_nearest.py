"""Your third number is rounded to the nearest integer.

It loses less, but it isn't what int does: int cuts off what stands behind the point, so that 3.5 becomes 3
and not 4 (2.1.6).

Fails: right_values
"""


def to_scalars(x):
    return x.item(), float(x), round(x.item())
