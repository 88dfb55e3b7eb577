"""Your int is made of the float, which has sixteen digits only.

A tensor of integers holds more: 2^53 + 1 becomes 2^53 on this detour. int takes the tensor itself (2.1.6).

Fails: large_whole_numbers_stay_exact
"""

def to_scalars(x):
    number = float(x)
    return x.item(), number, int(number)
