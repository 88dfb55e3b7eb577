"""Beyond -10 and 10 your curve is flat, as if X were cut off there.

Nothing overflows then, but values beyond are a little wrong, and their slope is 0 where it is small: elements that
are far off get no gradient. Within 80 of 0, exp doesn't overflow in float32 (5.1.2.2).

Fails: right_values
"""

import torch


def sigmoid(X):
    return 1 / (1 + torch.exp(-torch.clamp(X, -10, 10)))
