"""You take the mean of the sizes.

That is n times too small: a longer way is longer (2.3.11).

Fails: right_values
"""


def l1_norm(x):
    return x.abs().mean()
