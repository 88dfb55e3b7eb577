"""Your result is the largest of the sizes.

That is a norm, too, but another one: all elements count here (2.3.11).

Fails: right_values
"""


def l1_norm(x):
    return x.abs().max()
