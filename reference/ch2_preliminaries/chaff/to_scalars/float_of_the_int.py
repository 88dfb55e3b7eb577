"""You make the float of the int.

What int has cut off doesn't come back. Convert x itself each time, so that your float keeps what stands
behind the point (2.1.6).

Fails: right_values
"""


def to_scalars(x):
    whole = int(x)
    return x.item(), float(whole), whole
