"""You return integers, as PyTorch's one_hot gives them.

Targets are multiplied with logarithms later, and a mean of them is taken; both need floating point. Turn the result
into float32 (4.1.1).

Fails: right_dtype
"""

from torch.nn import functional as F


def one_hot(y, num_classes):
    return F.one_hot(y, num_classes)
