"""PyTorch's one_hot, turned into float32: ready-made functions are fine here."""

from torch.nn import functional as F


def one_hot(y, num_classes):
    return F.one_hot(y, num_classes).float()
