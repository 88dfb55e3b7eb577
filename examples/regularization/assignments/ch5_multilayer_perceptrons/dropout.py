"""5.6 Dropout."""

import torch


def dropout_layer(X: torch.Tensor, mask: torch.Tensor, dropout: float) -> torch.Tensor:
    """Drop the elements that the mask doesn't keep, and enlarge the others so that the mean stays as it was.

    Args:
        X: hidden units, of shape (n, d).
        mask: booleans of the same shape: True keeps an element, False drops it. It was drawn so that each
            element is dropped with probability `dropout`.
        dropout: that probability, from 0 to less than 1.

    Returns:
        A new tensor of X's shape and dtype, 0 where an element was dropped, through which gradients flow back
        to X. Its mean over all masks is X.

    Example:
        >>> dropout_layer(torch.tensor([[1.0, 2.0]]), torch.tensor([[True, False]]), 0.5)
        tensor([[2., 0.]])

    """
    raise NotImplementedError
