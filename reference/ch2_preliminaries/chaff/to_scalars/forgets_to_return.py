"""Your function returns None.

Usually it ends without `return`. In a notebook a cell shows its last line without being told; a function
gives back only what it returns (2.1.6).

Fails: right_type
"""


def to_scalars(x):
    x.item(), float(x), int(x)
