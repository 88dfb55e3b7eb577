"""You return integers, as PyTorch's one_hot gives them.

Later computations with them may need floating point: the mean of a tensor of integers, for example, or its matrix
product with floating numbers raises an error. Turn the result into float32 (4.1.1).

Fails: right_dtype
"""

from torch.nn import functional as F


def one_hot(y, num_classes):
    return F.one_hot(y, num_classes)
