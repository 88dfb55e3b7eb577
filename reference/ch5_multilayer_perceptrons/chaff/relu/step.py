"""You return 1 for positive elements and 0 for others.

That is the derivative of ReLU (but at 0, where it has none), the mask. ReLU itself keeps the positive numbers:
multiply X by the mask (5.1.2.1).

Fails: right_values, a_positive_factor_goes_through
"""


def relu(X):
    return (X > 0).to(X.dtype)
