"""3.7 Weight decay."""

import torch


def l2_penalty(w: torch.Tensor) -> torch.Tensor:
    """Return half of the squared length of the weights, which weight decay adds to the loss.

    Args:
        w: a tensor of any shape.

    Returns:
        A tensor without dimensions, of w's dtype, through which gradients flow back to w.

    Example:
        >>> l2_penalty(torch.tensor([3.0, 4.0]))
        tensor(12.5000)

    """
    raise NotImplementedError
