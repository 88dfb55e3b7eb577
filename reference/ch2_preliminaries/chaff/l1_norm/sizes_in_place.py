"""You take sizes by abs_(), in x itself.

The result is right, but your caller's vector has lost its signs. abs() makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""


def l1_norm(x):
    return x.abs_().sum()
