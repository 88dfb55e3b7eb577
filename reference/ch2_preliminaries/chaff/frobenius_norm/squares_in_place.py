"""You square A in place, and sum that.

The result is right, but your caller's matrix holds squares now. A**2 makes a new one (2.1.5).

Fails: leaves_arguments_alone
"""


def frobenius_norm(A):
    A *= A
    return A.sum().sqrt()
