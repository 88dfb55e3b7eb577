"""4.4 Softmax regression from scratch."""

import torch
from torch import nn


def softmax(X: torch.Tensor) -> torch.Tensor:
    """Turn each row of scores into a probability distribution over the classes.

    It is made of elementary operations. PyTorch's own softmax and log-softmax are not used.

    Args:
        X: scores (logits), shape (n, classes).

    Returns:
        Probabilities of the same shape; every row is non-negative and sums to 1.

    Example:
        >>> softmax(torch.tensor([[0.0, 0.0]]))
        tensor([[0.5000, 0.5000]])

    """
    raise NotImplementedError


def cross_entropy(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return the mean negative log-probability of the right classes.

    It is made of elementary operations. PyTorch's own losses are not used.

    Args:
        y_hat: predicted probabilities, shape (n, classes).
        y: the right class of each example, integers, shape (n,).

    Returns:
        The loss in nats, a tensor of shape ().

    Example:
        >>> y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
        >>> cross_entropy(y_hat, torch.tensor([0, 2]))
        tensor(1.4979)

    """
    raise NotImplementedError


class SoftmaxRegressionScratch(nn.Module):
    """A linear classifier of images, on top of your softmax and cross_entropy.

    Args:
        num_inputs: number of pixels of an image.
        num_outputs: number of classes.
        lr: learning rate.
        sigma: standard deviation of the initial weights.

    Attributes:
        W: weights, shape (num_inputs, num_outputs), drawn from N(0, sigma²), with gradient.
        b: bias, shape (num_outputs,), zero, with gradient.

    """

    def __init__(self, num_inputs: int, num_outputs: int, lr: float, sigma: float = 0.01) -> None:
        raise NotImplementedError

    def parameters(self) -> list[torch.Tensor]:
        """Return what is learned, W and b, as a list."""
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the class probabilities of images.

        Args:
            X: images, shape (n, 1, height, width) or (n, num_inputs); flatten each to a row.

        Returns:
            Probabilities, shape (n, num_outputs).

        """
        raise NotImplementedError

    def loss(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the cross-entropy of predicted probabilities `y_hat` and classes `y`."""
        raise NotImplementedError
