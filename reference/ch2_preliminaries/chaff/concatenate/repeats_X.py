"""Both of your results join X with itself.

X.repeat, for example, makes a tensor longer out of its own elements, which has the right shape. Y's elements
are nowhere in it (2.1.3).

Fails: right_values
"""


def concatenate(X, Y):
    return X.repeat(2, 1), X.repeat(1, 2)
