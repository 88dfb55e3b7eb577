"""Your vectors end at the largest label that occurs in y, whatever num_classes is.

A batch need not hold every class. How many there are is what num_classes says, and all batches must have vectors of
that length (4.1.1).

Fails: right_shape
"""

from torch.nn import functional as F


def one_hot(y, num_classes):
    return F.one_hot(y).float()
