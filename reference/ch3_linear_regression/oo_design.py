"""3.2 Object-oriented design for implementation."""

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
from torch import nn


def add_to_class(Class: type) -> Callable[[Callable[..., Any]], None]:
    """Return a decorator that makes a function a method of a class that exists already.

    Args:
        Class: the class that gets the method.

    Returns:
        A decorator. What it decorates becomes a method of `Class`, under the function's own name; objects
        of the class that were made before have it, too. What the decorator returns doesn't matter.

    Example:
        >>> class A:
        ...     b = 1
        >>> a = A()
        >>> @add_to_class(A)
        ... def do(self):
        ...     return self.b + 1
        >>> a.do()
        2

    """

    def register(function: Callable[..., Any]) -> None:
        setattr(Class, function.__name__, function)

    return register


class HyperParameters:
    """A base class for objects that keep the arguments of their constructor.

    Example:
        >>> class B(HyperParameters):
        ...     def __init__(self, a, b, c):
        ...         self.save_hyperparameters(ignore=["c"])
        >>> b = B(1, 2, 3)
        >>> b.a, b.b, hasattr(b, "c")
        (1, 2, False)

    """

    def save_hyperparameters(self, ignore: list[str] = []) -> None:  # noqa: B006 - the book's signature
        """Store every argument of the `__init__` that calls this as an attribute of the same name.

        Keyword-only arguments and those left at their default are arguments, too. `self` and names that
        begin with `_` are not stored. Where a derived class calls its parent's `__init__`, and both call this
        method, each call stores the arguments of the `__init__` that it stands in.

        Args:
            ignore: names of arguments that are not stored.

        """
        frame = inspect.currentframe().f_back
        names, _, _, values = inspect.getargvalues(frame)
        for name in names:
            if name != "self" and name not in ignore and not name.startswith("_"):
                setattr(self, name, values[name])


class Point(NamedTuple):
    """A point of a curve."""

    x: float
    y: float


class ProgressBoard:
    """Collects points for a plot that grows while a model trains.

    Nothing need be drawn on a screen. The checks make a board by `ProgressBoard()`, or, where the constructor
    has an argument of this name, by `ProgressBoard(display=False)`.

    Attributes:
        data: a dictionary; for each label the list of its points, each a pair (x, y).

    Example:
        >>> board = ProgressBoard()
        >>> for x in range(4):
        ...     board.draw(x, 10.0 * x, "loss", every_n=2)
        >>> [tuple(point) for point in board.data["loss"]]
        [(0.5, 5.0), (2.5, 25.0)]

    """

    def __init__(self) -> None:
        self.raw_points: dict[str, list[Point]] = {}
        self.data: dict[str, list[Point]] = {}

    def draw(self, x: float, y: float, label: str, every_n: int = 1) -> None:
        """Take one point. Every `every_n` points of a label become a single one, in `data[label]`.

        The x of that point is the mean of their x, its y the mean of their y. Points that don't make up
        a full group yet wait for the next ones.

        Args:
            x: a number.
            y: a number.
            label: name of the curve to which the point belongs.
            every_n: how many points become one.

        """
        waiting = self.raw_points.setdefault(label, [])
        line = self.data.setdefault(label, [])
        waiting.append(Point(x, y))
        if len(waiting) == every_n:
            xs, ys = zip(*waiting, strict=True)
            line.append(Point(sum(xs) / every_n, sum(ys) / every_n))
            waiting.clear()


class Module(nn.Module, HyperParameters):
    """A model, with its loss, its optimizer, and how it is plotted.

    Derived classes write `loss` and `configure_optimizers`, and set `net` or write a `forward` of their own.

    Args:
        plot_train_per_epoch: how many points of a training curve an epoch has.
        plot_valid_per_epoch: how many points of a validation curve an epoch has.

    Attributes:
        board: a `ProgressBoard` of its own.
        net: computes the predictions; not there until a derived class sets it.
        trainer: set by whoever trains the model; holds `train_batch_idx`, `num_train_batches`,
            `num_val_batches` and `epoch`.

    """

    def __init__(self, plot_train_per_epoch: int = 2, plot_valid_per_epoch: int = 1) -> None:
        super().__init__()
        self.save_hyperparameters()
        self.board = ProgressBoard()

    def loss(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """For derived classes to write: return the loss. Here it raises `NotImplementedError`."""
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return what `net` makes of `X`."""
        return self.net(X)

    def plot(self, key: str, value: torch.Tensor, train: bool) -> None:
        """Give `board` a point, by `board.draw(x, y, label, every_n=...)`.

        Args:
            key: what is plotted, such as "loss"; the label is "train_loss" or "val_loss".
            value: a tensor of one element. The y that is drawn carries no gradient.
            train: whether it belongs to training or to validation. In training, x is the number of
                batches so far in epochs, `train_batch_idx / num_train_batches`; in validation it is the
                number of epochs, this one included (`epoch` counts from 0). `every_n` is the
                number of batches of an epoch over that of points of an epoch, rounded down.

        """
        trainer = self.trainer
        self.board.xlabel = "epoch"
        if train:
            x = trainer.train_batch_idx / trainer.num_train_batches
            every_n = trainer.num_train_batches // self.plot_train_per_epoch
        else:
            x = trainer.epoch + 1
            every_n = trainer.num_val_batches // self.plot_valid_per_epoch
        self.board.draw(x, value.item(), f"{'train' if train else 'val'}_{key}", every_n=every_n)

    def training_step(self, batch: tuple[torch.Tensor, ...]) -> torch.Tensor:
        """Return the loss on a batch, ready for `backward`, and plot it as "loss".

        Args:
            batch: the inputs, one tensor or several, and last the targets. The model is called with all
                the inputs, `loss` with the predictions and the targets.

        """
        loss = self.loss(self(*batch[:-1]), batch[-1])
        self.plot("loss", loss, train=True)
        return loss

    def validation_step(self, batch: tuple[torch.Tensor, ...]) -> None:
        """Plot the loss on a batch of validation data, as "loss"; the batch is as in training."""
        loss = self.loss(self(*batch[:-1]), batch[-1])
        self.plot("loss", loss, train=False)

    def configure_optimizers(self) -> torch.optim.Optimizer:
        """For derived classes to write: return the optimizer. Here it raises `NotImplementedError`."""
        raise NotImplementedError


class DataModule(HyperParameters):
    """Training and validation data, as minibatches. Derived classes write `get_dataloader`.

    Args:
        root: folder of the data; kept as an attribute.
        num_workers: how many processes read the data; kept as an attribute.

    """

    def __init__(self, root: str = "../data", num_workers: int = 4) -> None:
        self.save_hyperparameters()

    def get_dataloader(self, train: bool) -> Any:
        """For derived classes to write. Here it raises `NotImplementedError`.

        Args:
            train: True for the training data, False for the validation data.

        Returns:
            An object that yields minibatches.

        """
        raise NotImplementedError

    def train_dataloader(self) -> Any:
        """Return what `get_dataloader` returns for the training data."""
        return self.get_dataloader(train=True)

    def val_dataloader(self) -> Any:
        """Return what `get_dataloader` returns for the validation data."""
        return self.get_dataloader(train=False)


class Trainer(HyperParameters):
    """Trains a model on data. What happens within an epoch, `fit_epoch`, is section 3.4.

    Args:
        max_epochs: how many epochs to train; kept as an attribute.
        num_gpus: how many GPUs to use: none here.
        gradient_clip_val: the largest norm of gradients, 0 for any; kept as an attribute.

    Attributes:
        train_dataloader, val_dataloader: the data's minibatches; the latter may be None.
        num_train_batches, num_val_batches: how many there are; 0 for None.
        model: the model.
        optim: the model's optimizer.
        epoch: the number of the epoch, from 0.
        train_batch_idx, val_batch_idx: how many minibatches of each kind were used since `fit` began.

    """

    def __init__(self, max_epochs: int, num_gpus: int = 0, gradient_clip_val: float = 0) -> None:
        self.save_hyperparameters()

    def prepare_data(self, data: DataModule) -> None:
        """Take and count the minibatches of `data.train_dataloader()` and `data.val_dataloader()`."""
        self.train_dataloader = data.train_dataloader()
        self.val_dataloader = data.val_dataloader()
        self.num_train_batches = len(self.train_dataloader)
        self.num_val_batches = 0 if self.val_dataloader is None else len(self.val_dataloader)

    def prepare_model(self, model: Module) -> None:
        """Take the model: it gets this object as its `trainer`, and its board the `xlim` [0, max_epochs]."""
        model.trainer = self
        model.board.xlim = [0, self.max_epochs]
        self.model = model

    def prepare_batch(self, batch: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        """Return the batch where the model is: without GPUs, as it came."""
        return batch

    def fit(self, model: Module, data: DataModule) -> None:
        """Train for `max_epochs`.

        In this order, call `self.prepare_data(data)`, `self.prepare_model(model)`,
        `model.configure_optimizers()`, whose result becomes `optim`, and `self.fit_epoch()` once for each
        epoch. `epoch`, `train_batch_idx` and `val_batch_idx` begin at 0 with every `fit`; `epoch` counts
        epochs, the other two are left for `fit_epoch` to count.
        """
        self.prepare_data(data)
        self.prepare_model(model)
        self.optim = model.configure_optimizers()
        self.train_batch_idx = 0
        self.val_batch_idx = 0
        for self.epoch in range(self.max_epochs):  # noqa: B020 - an attribute may be a loop's variable
            self.fit_epoch()

    def fit_epoch(self) -> None:
        """Train for one epoch: still to be written, in 3.4. Here it raises `NotImplementedError`."""
        raise NotImplementedError
