"""You return the item as the float, without converting it.

For a floating tensor that is the same. For a tensor of integers item is an int, and your second number is
asked for as a float (2.1.6).

Same as: first_is_always_a_float

Fails: each_is_of_its_own_type
"""


def to_scalars(x):
    return x.item(), x.item(), int(x)
