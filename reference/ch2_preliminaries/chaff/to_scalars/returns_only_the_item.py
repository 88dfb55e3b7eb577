"""You return a single number, and not three.

Three conversions are asked for, which agree for a whole number only: return three results with commas between
them (2.1.6).

Fails: right_type
"""


def to_scalars(x):
    return x.item()
