"""4.1 Softmax regression."""

import torch


def one_hot(y: torch.Tensor, num_classes: int) -> torch.Tensor:
    """Encode labels as vectors, with one component for each class.

    Args:
        y: labels, integers (int64) from 0 to num_classes - 1, shape (n,).
        num_classes: number of classes, whether or not all of them occur in y.

    Returns:
        A float32 tensor of shape (n, num_classes): a row for each label.

    Example:
        >>> one_hot(torch.tensor([0, 2]), 3)
        tensor([[1., 0., 0.],
                [0., 0., 1.]])

    """
    raise NotImplementedError
