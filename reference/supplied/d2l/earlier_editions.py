"""Functions of the book's earlier editions, which train without `Module` and `Trainer`: `d2l.train_ch3`.

`d2l.torch` has all these names, too. What an exercise may ask for is taken from there, so that where it isn't
supplied, neither is what builds on it.
"""

from __future__ import annotations

import typing
from pathlib import Path

import torch
from torch import nn

from . import torch as d2l

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Batches = Iterable[Sequence[torch.Tensor]]
    Net = Callable[[torch.Tensor], torch.Tensor]
    Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
    Updater = torch.optim.Optimizer | Callable[[int], object]

__all__: list[str] = [
    "Accumulator",
    "Animator",
    "accuracy",
    "evaluate_accuracy",
    "evaluate_loss",
    "get_dataloader_workers",
    "get_fashion_mnist_labels",
    "linreg",
    "load_array",
    "load_data_fashion_mnist",
    "mkdir_if_not_exist",
    "predict_ch3",
    "sgd",
    "squared_loss",
    "synthetic_data",
    "train_ch3",
    "train_epoch_ch3",
]

# Data ----------------------------------------------------------------------------------------------


def synthetic_data(w: torch.Tensor, b: float, num_examples: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return inputs from N(0, 1), shape (num_examples, len(w)), and targets X w + b with a little noise.

    The targets have shape (num_examples, 1).
    """
    inputs = torch.randn(num_examples, len(w))
    noise = 0.01 * torch.randn(num_examples, 1)
    return inputs, inputs @ w.reshape(-1, 1) + b + noise


def load_array(
    data_arrays: Sequence[torch.Tensor], batch_size: int, is_train: bool = True
) -> torch.utils.data.DataLoader[tuple[torch.Tensor, ...]]:
    """Return minibatches of rows of the tensors, shuffled for training."""
    rows = torch.utils.data.TensorDataset(*data_arrays)
    return torch.utils.data.DataLoader(rows, batch_size=batch_size, shuffle=is_train)


def get_dataloader_workers() -> int:
    """Return 0, where the book has 4: no worker process starts here."""
    return 0


def load_data_fashion_mnist(
    batch_size: int, resize: int | tuple[int, int] | None = None
) -> tuple[typing.Any, typing.Any]:
    """Return the minibatches to train on and those to test with, of `FashionMNIST`'s blank images."""
    size = (resize, resize) if isinstance(resize, int) else resize or (28, 28)
    images = d2l.FashionMNIST(batch_size, size)
    return images.get_dataloader(train=True), images.get_dataloader(train=False)


def get_fashion_mnist_labels(labels: Sequence[int]) -> list[str]:
    """Return the names of classes."""
    return d2l.FashionMNIST().text_labels(labels)


def mkdir_if_not_exist(path: str | Sequence[str]) -> None:
    """Make a folder, which may be given by its parts, unless it is there."""
    parts = [path] if isinstance(path, str) else path
    Path(*parts).mkdir(parents=True, exist_ok=True)


# Models --------------------------------------------------------------------------------------------


def linreg(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Return the predictions of linear regression."""
    return X @ w + b


def squared_loss(y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return half the squared error of each prediction, in the shape of `y_hat`."""
    return 0.5 * (y_hat - y.reshape(y_hat.shape)).square()


def sgd(params: Sequence[torch.Tensor], lr: float, batch_size: int) -> None:
    """Take a step against gradients that are sums over a minibatch, and clear them."""
    optimizer = d2l.SGD(params, lr / batch_size)
    with torch.no_grad():
        optimizer.step()
    optimizer.zero_grad()


def accuracy(y_hat: torch.Tensor, y: torch.Tensor) -> float:
    """Return how many predictions are right: of scores (n, classes), or of classes (n,)."""
    classes = y_hat.argmax(dim=1) if y_hat.ndim > 1 and y_hat.shape[1] > 1 else y_hat
    return float((classes.type(y.dtype) == y).sum())


# Training ------------------------------------------------------------------------------------------


class Accumulator:
    """Adds up `n` numbers at a time."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.data = [0.0] * n

    def add(self, *args: float | torch.Tensor) -> None:
        """Add one number to each sum."""
        self.data = [total + float(number) for total, number in zip(self.data, args, strict=False)]

    def reset(self) -> None:
        """Set all sums to zero."""
        self.data = [0.0] * self.n

    def __getitem__(self, idx: int) -> float:
        """Return one of the sums."""
        return self.data[idx]


class Animator:
    """Takes the points of a plot that would grow during training; it draws nothing."""

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def add(self, x: object, y: object) -> None:
        """Do nothing: there is nobody to look."""


def evaluate_accuracy(net: Net, data_iter: Batches) -> float:
    """Return the share of right predictions on a data set."""
    _to_mode(net, training=False)
    right = Accumulator(2)
    with torch.no_grad():
        for X, y in data_iter:
            right.add(d2l.accuracy(net(X), y), y.numel())
    return right[0] / right[1]


def evaluate_loss(net: Net, data_iter: Batches, loss: Loss) -> float:
    """Return the mean loss on a data set."""
    losses = Accumulator(2)
    with torch.no_grad():
        for X, y in data_iter:
            out = net(X)
            each = loss(out, y.reshape(out.shape))
            losses.add(each.sum(), each.numel())
    return losses[0] / losses[1]


def train_epoch_ch3(net: Net, train_iter: Batches, loss: Loss, updater: Updater) -> tuple[float, float]:
    """Train for one epoch; return the mean loss and the share of right predictions on the way.

    Args:
        net: the model.
        train_iter: the minibatches.
        loss: gives the loss of each example.
        updater: an optimizer of torch, or a function of the batch size that updates the parameters.

    """
    _to_mode(net, training=True)
    metric = Accumulator(3)
    for X, y in train_iter:
        y_hat = net(X)
        losses = loss(y_hat, y)
        if isinstance(updater, torch.optim.Optimizer):
            updater.zero_grad()
            losses.mean().backward()
            updater.step()
        else:
            losses.sum().backward()
            updater(len(X))
        metric.add(losses.detach().sum(), d2l.accuracy(y_hat, y), y.numel())
    return metric[0] / metric[2], metric[1] / metric[2]


def train_ch3(
    net: Net, train_iter: Batches, test_iter: Batches, loss: Loss, num_epochs: int, updater: Updater
) -> None:
    """Train for some epochs, each followed by a look at the accuracy on other data.

    Unlike in the book, a model may stay bad: there is nothing to learn from blank images.
    """
    for _epoch in range(num_epochs):
        d2l.train_epoch_ch3(net, train_iter, loss, updater)
        d2l.evaluate_accuracy(net, test_iter)


def predict_ch3(net: Net, test_iter: Batches, n: int = 6) -> None:
    """Do nothing: nobody looks at the images and their labels."""


def _to_mode(net: Net, *, training: bool) -> None:
    if isinstance(net, nn.Module):
        net.train(training)
