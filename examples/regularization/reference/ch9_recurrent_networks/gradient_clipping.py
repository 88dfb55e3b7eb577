"""9.5 Gradient clipping."""

import torch


def clip_gradients(gradients: list[torch.Tensor], max_norm: float) -> list[torch.Tensor]:
    """Shorten the gradients of a model where they are too long, and keep their direction.

    All gradients together are one long vector: the square of its length is the sum of the squares of all
    their elements. Where it is longer than max_norm, all of them are multiplied by the same factor, so that
    it is as long as max_norm.

    Args:
        gradients: tensors of any shapes and of one dtype, one for each parameter.
        max_norm: how long the vector may be, more than 0.

    Returns:
        A list of as many tensors of the same shapes and dtype; what was given stays as it is.

    Example:
        >>> clip_gradients([torch.tensor([3.0, 0.0]), torch.tensor([[4.0]])], 1.0)
        [tensor([0.6000, 0.0000]), tensor([[0.8000]])]

    """
    norm = torch.sqrt(sum((gradient**2).sum() for gradient in gradients))
    factor = torch.clamp(max_norm / norm, max=1)
    return [factor * gradient for gradient in gradients]
