"""Your third number has the digits of a float only, so that large whole numbers aren't exact.

A float has some sixteen digits, a tensor of integers holds more: 2^53 + 1 becomes 2^53 if it goes through a
float. int takes the tensor itself (2.1.6).

Fails: large_whole_numbers_stay_exact
"""

def to_scalars(x):
    number = float(x)
    return x.item(), number, int(number)
