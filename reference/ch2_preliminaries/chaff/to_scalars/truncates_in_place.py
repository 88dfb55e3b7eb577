"""Your code changes x itself, which is your caller's.

A method whose name ends in _, such as trunc_, changes the tensor that it is called on. int converts the
number and leaves the tensor alone (2.1.5, 2.1.6).

Fails: leaves_arguments_alone
"""


def to_scalars(x):
    number = x.item()
    return number, float(number), int(x.trunc_().item())
