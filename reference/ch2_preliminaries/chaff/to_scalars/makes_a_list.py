"""Your first result is a list where x has an axis.

tolist, for example, leaves PyTorch as item does, but keeps the axes: from a tensor of shape (1,) it makes a
list with the number in it. item takes the number itself (2.1.6).

Fails: right_type
"""


def to_scalars(x):
    number = x.tolist()
    return number, float(x), int(x)
