"""Your rows hold a 0 at the label and ones everywhere else.

It is the other way around: the component of the right class is 1 (4.1.1).

Fails: right_values
"""

import torch


def one_hot(y, num_classes):
    return (torch.arange(num_classes) != y[:, None]).float()
