"""You compare labels as bytes, and a byte holds 256 different numbers only.

With more classes, label 299 looks like label 43, and its row has several ones. Keep labels as they are, int64 (4.1.1).

Fails: right_values, each_row_has_a_single_one
"""

import torch


def one_hot(y, num_classes):
    return (y.byte()[:, None] == torch.arange(num_classes).byte()).float()
