"""You drop what the mask keeps.

True in the mask means that an element stays. On average nothing is lost at a dropout of 0.5, but otherwise your layer
keeps as few elements as it should drop.

Fails: right_values
"""


def dropout_layer(X, mask, dropout):
    return ~mask * X / (1 - dropout)
