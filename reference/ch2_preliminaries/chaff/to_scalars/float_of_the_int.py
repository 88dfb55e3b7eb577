"""Your float has lost what stands behind the point.

What int cuts off doesn't come back, if the float is made of the int. Convert x itself each time (2.1.6).

Fails: right_values
"""


def to_scalars(x):
    whole = int(x)
    return x.item(), float(whole), whole
