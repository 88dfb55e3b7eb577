"""Your numbers are right, but one has the wrong type: perhaps the second is an int.

For a floating tensor item is a float. For a tensor of integers item is an int, and the second number is asked
for as a float (2.1.6).

Same as: first_is_always_a_float

Fails: each_is_of_its_own_type
"""


def to_scalars(x):
    return x.item(), x.item(), int(x)
