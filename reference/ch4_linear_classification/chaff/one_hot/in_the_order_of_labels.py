"""Your rows are in the order of the sorted labels, not in that of the examples.

Row i belongs to example i, and examples stay in their order, or targets and inputs go apart (4.1.1).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(num_classes)[y.sort().values]
