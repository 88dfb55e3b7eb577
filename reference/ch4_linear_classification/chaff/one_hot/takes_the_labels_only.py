"""Your function refuses its second argument, the number of classes.

How many classes there are can't be seen from one batch of labels; the caller says it, by position (4.1.1).

Fails: accepts_its_arguments
"""

import torch


def one_hot(y):
    return torch.eye(int(y.max()) + 1)[y]
