"""Your values are those of 2 sigmoid(x) - 1, which is tanh(x / 2).

The ends and the middle are right, and the curve is odd, but it rises half as fast: tanh is 2 sigmoid(2x) - 1
(5.1.2.3).

Same as: forgets_the_two

Fails: right_values
"""

import torch


def tanh(X):
    return 2 * torch.sigmoid(X) - 1
