"""With more than 256 classes, some of your rows hold two ones, 256 places apart.

Usually labels or classes are turned into bytes, and a byte holds 256 different numbers only: label 299 looks like
label 43. Keep labels as they are, int64 (4.1.1).

Fails: right_values, each_row_has_a_single_one
"""

import torch


def one_hot(y, num_classes):
    return (y.byte()[:, None] == torch.arange(num_classes).byte()).float()
