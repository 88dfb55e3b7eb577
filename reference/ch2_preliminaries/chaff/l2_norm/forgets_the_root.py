"""Your result is the sum of squares, without a root.

A vector twice as long gets four times as much then. The root makes a length of it again (2.3.11).

Fails: right_values, a_factor_stretches_the_l2_norm
"""


def l2_norm(x):
    return (x**2).sum()
