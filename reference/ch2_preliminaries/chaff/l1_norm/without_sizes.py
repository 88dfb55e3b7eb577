"""You sum the elements with their signs.

Steps back and forth cancel then, so that (1, -1) gets norm 0. A distance counts each step (2.3.11).

Fails: right_values
"""


def l1_norm(x):
    return x.sum()
