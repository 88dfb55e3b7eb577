"""You return 1 where x is positive and 0 elsewhere.

The threshold is what the sigmoid makes smooth: a step has no slope that anything could be learned by (5.1.2.2).

Fails: right_values
"""


def sigmoid(X):
    return (X > 0).to(X.dtype)
