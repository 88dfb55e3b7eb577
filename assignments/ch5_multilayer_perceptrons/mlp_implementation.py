"""5.2 Implementation of multilayer perceptrons."""

import torch
from torch import nn


class MLPScratch(nn.Module):
    """A classifier of images with one hidden layer of rectified linear units, from tensors.

    Args:
        num_inputs: number of pixels of an image.
        num_outputs: number of classes.
        num_hiddens: number of hidden units.
        lr: learning rate.
        sigma: standard deviation of the initial weights.

    Attributes:
        W1: weights of the hidden layer, shape (num_inputs, num_hiddens), drawn from N(0, sigma²).
        b1: bias of the hidden layer, shape (num_hiddens,), zero.
        W2: weights of the output layer, shape (num_hiddens, num_outputs), drawn from N(0, sigma²).
        b2: bias of the output layer, shape (num_outputs,), zero.

    All four want gradients and are parameters: parameters() gives them.

    """

    def __init__(
        self, num_inputs: int, num_outputs: int, num_hiddens: int, lr: float, sigma: float = 0.01
    ) -> None:
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the scores of images for each class.

        Args:
            X: images, shape (n, 1, height, width) or (n, num_inputs); flatten each to a row.

        Returns:
            Scores (logits, before any softmax), shape (n, num_outputs).

        """
        raise NotImplementedError


class MLP(nn.Module):
    """The same classifier, from layers.

    The number of pixels is not given: lazy layers (nn.LazyLinear) find it out from the first images.

    Args:
        num_outputs: number of classes.
        num_hiddens: number of hidden units.
        lr: learning rate.

    """

    def __init__(self, num_outputs: int, num_hiddens: int, lr: float) -> None:
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the scores of images for each class.

        Args:
            X: images, shape (n, 1, height, width), of any height and width, or (n, pixels).

        Returns:
            Scores (logits, before any softmax), shape (n, num_outputs).

        """
        raise NotImplementedError
