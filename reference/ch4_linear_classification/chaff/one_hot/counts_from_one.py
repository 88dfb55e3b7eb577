"""Your 1 stands a place too far to the left, and for label 0 in the last place.

Perhaps classes are counted from 1. Labels begin at 0, as all indices do; at index -1 Python counts from the end and
does not complain (4.1.1).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y - 1]
