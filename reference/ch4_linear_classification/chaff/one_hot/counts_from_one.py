"""You put the 1 a place too far to the left, as if classes were counted from 1.

Labels begin at 0, as all indices do. With label 0, Python counts -1 from the end and so does not complain
(4.1.1).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y - 1]
