"""4.3 The base classification model."""

import torch
from torch import nn


def accuracy(Y_hat: torch.Tensor, Y: torch.Tensor, averaged: bool = True) -> torch.Tensor:
    """Compare the predicted classes with the right ones; the predicted class has the largest score.

    Args:
        Y_hat: scores or probabilities, shape (n, classes).
        Y: the right class of each example, integers (int64 or int32), shape (n,).
        averaged: whether to average over the examples.

    Returns:
        The share of right predictions, a floating tensor of shape (). Not averaged: a floating tensor of
        shape (n,) that holds 1 for each right prediction and 0 for each wrong one.

    Example:
        >>> Y_hat = torch.tensor([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
        >>> accuracy(Y_hat, torch.tensor([2, 0]))
        tensor(0.5000)
        >>> accuracy(Y_hat, torch.tensor([2, 0]), averaged=False)
        tensor([1., 0.])

    """
    predicted = Y_hat.argmax(dim=1)  # (n,)
    hits = (predicted == Y).float()  # (n,)
    return hits.mean() if averaged else hits


class Classifier(nn.Module):
    """The base class of models that tell classes apart: what they have in common.

    A model derives from it, calls super().__init__() without arguments, and brings along
        forward(X): the scores of a batch, shape (n, classes);
        loss(Y_hat, Y): the loss of scores Y_hat and right classes Y, shape ();
        plot(key, value, train): takes down a number, a scalar tensor, under a name such as "loss";
            train says whether it is about training or validation;
        lr: the learning rate, a number;
    and its parameters, which parameters() of nn.Module finds.
    """

    def validation_step(self, batch: tuple[torch.Tensor, torch.Tensor]) -> None:
        """Plot, with train=False, the loss of a batch as "loss", and its accuracy as "acc"; each once.

        Args:
            batch: inputs X, and the right class of each example, shape (n,).

        """
        X, Y = batch
        Y_hat = self(X)
        self.plot("loss", self.loss(Y_hat, Y), train=False)
        self.plot("acc", accuracy(Y_hat, Y), train=False)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """Return what makes the steps of training: plain SGD over all parameters, with learning rate lr."""
        return torch.optim.SGD(self.parameters(), lr=self.lr)
