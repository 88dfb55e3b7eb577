"""Your function returns None.

Usually it ends without `return`. In a notebook a cell shows its last line without being told; a function
gives back only what it returns (2.1.4).

Fails: right_type
"""


def broadcast_sum(a, b):
    a[:, None] + b[None, :]
