"""With many classes, your function raises an error, as if it had room for a few only.

Usually the rows come from a matrix of a fixed size, and labels lie beyond it. The number of classes is an argument,
and may be anything: make as many columns as num_classes says (4.1.1).

Fails: accepts_its_arguments
"""

import torch


def one_hot(y, num_classes):
    return torch.eye(10)[y][:, :num_classes]
