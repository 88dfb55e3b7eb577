"""You stack X and Y, which makes a new axis for the two.

stack puts matrices behind each other, into a tensor with three axes. cat makes an axis longer that your
matrices have already (2.1.3).

Fails: right_shape
"""

import torch


def concatenate(X, Y):
    return torch.stack((X, Y), dim=0), torch.stack((X, Y), dim=1)
