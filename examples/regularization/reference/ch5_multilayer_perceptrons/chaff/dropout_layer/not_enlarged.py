"""You drop elements, and leave the others as they are.

Then the layer's output is smaller on average than its input, and the next layer meets larger numbers once dropout is
off. Your elements that stay must be divided by 1 - dropout, so that the mean stays (5.6.1).

Fails: right_values
"""


def dropout_layer(X, mask, dropout):
    return mask * X
