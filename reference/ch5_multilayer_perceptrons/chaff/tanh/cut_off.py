"""You return x itself, cut off at -1 and 1.

That is the hard tanh, which is cheaper to compute. tanh itself is a smooth curve (5.1.2.3).

Fails: right_values
"""


def tanh(X):
    return X.clamp(-1, 1)
