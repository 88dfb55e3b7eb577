"""You cut off what is above 6, too.

That is ReLU6, made for phones. ReLU has no upper limit: a x becomes a relu(x) for any a > 0 (5.1.2.1).

Fails: right_values, a_positive_factor_goes_through
"""


def relu(X):
    return X.clamp(0, 6)
