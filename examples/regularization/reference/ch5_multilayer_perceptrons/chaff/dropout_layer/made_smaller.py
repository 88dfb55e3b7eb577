"""You multiply by 1 - dropout, which makes smaller what stays.

Elements are missing, so your others must make up for them: divide by 1 - dropout (5.6.1).

Fails: right_values
"""


def dropout_layer(X, mask, dropout):
    return mask * X * (1 - dropout)
