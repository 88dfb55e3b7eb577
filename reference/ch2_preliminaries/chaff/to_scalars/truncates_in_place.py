"""You cut off the decimals in x itself.

trunc_ ends in _, and so it changes the tensor of whoever calls you. int converts your number and leaves the
tensor alone (2.1.5, 2.1.6).

Fails: leaves_arguments_alone
"""


def to_scalars(x):
    number = x.item()
    return number, float(number), int(x.trunc_().item())
