"""You square x in place, and sum that.

The result is right, but your caller's vector holds squares now. x**2 makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""


def l2_norm(x):
    return x.pow_(2).sum().sqrt()
