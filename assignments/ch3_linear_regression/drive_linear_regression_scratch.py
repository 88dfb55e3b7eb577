"""3.4, beside the student's code: take steps, run epochs under a trainer that takes notes, train."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from grader.drive import assign, minibatches, moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    Tensors = list[torch.Tensor]
    Batch = tuple[torch.Tensor, torch.Tensor]

# SGD -------------------------------------------------------------------------------------------


def stepped(SGD: Any, params: Tensors, gradients: Tensors, lr: float) -> Tensors:
    """Return the parameters after one step along the given gradients."""
    learned = [param.clone().requires_grad_() for param in params]
    optimizer = SGD(list(learned), lr)
    for param, gradient in zip(learned, gradients, strict=True):
        param.grad = gradient.clone()
    with torch.no_grad():
        optimizer.step()
    return [param.detach() for param in learned]


def stepped_beside_another(
    SGD: Any, params: Tensors, gradients: Tensors, lr: float
) -> tuple[Tensors, Tensors]:
    """Return the parameters after one step of an optimizer, and those of another one that took none.

    The other one has as many parameters, with the same gradients, and twice the rate.
    """
    mine, others = ([param.clone().requires_grad_() for param in params] for _ in range(2))
    optimizer = SGD(list(mine), lr=lr)
    SGD(list(others), lr=2 * lr)
    for learned in (mine, others):
        for param, gradient in zip(learned, gradients, strict=True):
            param.grad = gradient.clone()
    with torch.no_grad():
        optimizer.step()
    return [param.detach() for param in mine], [param.detach() for param in others]


def stepped_twice(
    SGD: Any, params: Tensors, first: Tensors, second: Tensors, lr: float
) -> tuple[Tensors, bool, bool]:
    """Return the parameters after two rounds of backward, step, zero_grad; and whether they still learn.

    And whether a step then moves the last of them when it alone has a gradient.
    """
    learned = [nn.Parameter(param.clone()) for param in params]
    optimizer = SGD(list(learned), lr)
    for gradients in (first, second):
        loss = sum((param * gradient).sum() for param, gradient in zip(learned, gradients, strict=True))
        loss.backward()
        with torch.no_grad():
            optimizer.step()
        if not all(param.requires_grad for param in learned):
            return params, False, True
        optimizer.zero_grad()
    after = [param.detach().clone() for param in learned]
    return after, True, moves_the_last(optimizer, learned)


def moves_the_last(optimizer: Any, params: Tensors) -> bool:
    """Return whether a step moves the last parameter when those before it have no gradient.

    An optimizer that raises an error there, as the book's does, leaves nobody in doubt: that is as good.
    """
    *others, last = params
    before = last.detach().clone()
    for param in others:
        param.grad = None
    last.grad = torch.ones_like(last)
    try:
        with torch.no_grad():
            optimizer.step()
    except Exception:  # noqa: BLE001 - whatever a student's code raises
        return True
    return not torch.equal(last.detach(), before)


def cleared(SGD: Any, gradients: Tensors) -> Tensors:
    """Return the gradients that zero_grad leaves; None is as good as zero."""
    learned = [torch.ones_like(gradient).requires_grad_() for gradient in gradients]
    optimizer = SGD(list(learned), 0.1)
    for param, gradient in zip(learned, gradients, strict=True):
        param.grad = gradient.clone()
    optimizer.zero_grad()
    return [torch.zeros_like(param) if param.grad is None else param.grad for param in learned]


def cleared_at_once(SGD: Any, params: Tensors) -> tuple[Tensors, torch.Tensor]:
    """Return the parameters after zero_grad on a new optimizer, before any backward.

    And what a second zero_grad leaves of the last one's gradient, when no other has any.
    """
    learned = [param.clone().requires_grad_() for param in params]
    optimizer = SGD(list(learned), 0.1)
    optimizer.zero_grad()
    last = learned[-1]
    last.grad = torch.ones_like(last)
    optimizer.zero_grad()
    return [param.detach() for param in learned], torch.zeros_like(last) if last.grad is None else last.grad


# LinearRegressionScratch -----------------------------------------------------------------------


def built(Model: Any, w: torch.Tensor, b: torch.Tensor, lr: float = 0.1) -> Any:
    """Return a model with the given weights (num_inputs, 1) and bias (1,), where they live.

    As every epoch begins, so does this: an nn.Module is put into training mode.
    """
    model = moved(Model(len(w), lr=lr), w.device)
    if isinstance(model, nn.Module):
        model.train()
    assign(model, "w", w)
    assign(model, "b", b, may_broadcast=True)
    return model


def predicted(Model: Any, w: torch.Tensor, b: torch.Tensor, X: torch.Tensor) -> Any:
    """Return what a model with these weights predicts."""
    return built(Model, w, b).forward(X)


def called(model: Any, X: torch.Tensor) -> Any:
    """Return model(X), as a step in training computes it; for a model that can't be called, forward(X)."""
    return model(X) if callable(model) else model.forward(X)


def predicted_beside_another(
    Model: Any, w: torch.Tensor, b: torch.Tensor, X: torch.Tensor
) -> tuple[Any, Any]:
    """Return what a model with these weights predicts after another one was made and given other weights.

    First by forward(X), then by model(X). When the model had other weights itself, it was asked about the
    same examples.
    """
    model = built(Model, w - 1, b + 2)
    model.forward(X)
    called(model, X)
    assign(model, "w", w)
    assign(model, "b", b, may_broadcast=True)
    built(Model, w + 1, b - 2)
    return model.forward(X), called(model, X)


def loss_of(Model: Any, y_hat: torch.Tensor, y: torch.Tensor) -> tuple[Any, torch.Tensor, torch.Tensor]:
    """Return a model's loss, and the predictions and targets as they are afterwards.

    The loss was asked for before, when other predictions were in the same tensor.
    """
    model, predictions = moved(Model(2, 0.1), y_hat.device), y_hat - 1
    model.loss(predictions, y)
    predictions.copy_(y_hat)
    return model.loss(predictions, y), predictions, y


def initial(Model: Any, num_inputs: int, sigma: float | None, by_name: bool) -> tuple[Any, Any, bool, bool]:
    """Return weights and bias of a new model, and whether they want gradients."""
    if sigma is None:
        model = Model(num_inputs, 0.1)
    else:
        model = Model(num_inputs, lr=0.1, sigma=sigma) if by_name else Model(num_inputs, 0.1, sigma)
    return model.w.detach(), model.b.detach(), bool(model.w.requires_grad), bool(model.b.requires_grad)


def one_step(
    Model: Any, w: torch.Tensor, b: torch.Tensor, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weights and bias after one step at learning rate 1 on one batch; the step is taken here."""
    model = built(Model, w, b)
    loss = model.loss(called(model, X), y)
    if loss.requires_grad:
        loss.backward()
    w_after, b_after = (
        (param if param.grad is None else param - param.grad).detach() for param in (model.w, model.b)
    )
    return w_after, b_after.reshape(b.shape)


def optimized(
    Model: Any, w: torch.Tensor, b: torch.Tensor, first: Tensors, second: Tensors, lr: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weights and bias after two steps of the model's own optimizer along the given gradients.

    Another model, with twice the rate, has its optimizer, too, and takes no step.
    """
    model, other = built(Model, w, b, lr), built(Model, w, b, 2 * lr)
    optimizer = model.configure_optimizers()
    other.configure_optimizers()
    for gradients in (first, second):
        for param, gradient in zip((model.w, model.b), gradients, strict=True):
            param.grad = gradient.reshape(param.shape).clone()
        with torch.no_grad():
            optimizer.step()
    return model.w.detach(), model.b.detach().reshape(b.shape)


# fit_epoch: a model, an optimizer and a trainer that take notes -----------------------------------


class LinearModel(nn.Module):
    """A linear regression that notes what it is shown, and in which state it was then.

    A `moody` one answers with the other sign in evaluation mode, as dropout and batch normalization, too,
    make a model that answers differently in its two modes.
    """

    def __init__(self, w: torch.Tensor, b: torch.Tensor, *, moody: bool = False) -> None:
        super().__init__()
        self.w, self.b = nn.Parameter(w.clone()), nn.Parameter(b.clone())
        self.moody = moody
        self.shown: list[tuple[torch.Tensor, bool, bool]] = []  # X, in training mode?, with gradients?

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        self.shown.append((X.detach(), self.training, torch.is_grad_enabled()))
        y_hat = X @ self.w + self.b
        return -y_hat if self.moody and not self.training else y_hat

    def loss(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the mean of half squares; targets are data, through which nothing is learned."""
        return ((y_hat - y.detach()) ** 2 / 2).mean()

    def training_step(self, batch: Batch) -> torch.Tensor:
        return self.loss(self(*batch[:-1]), batch[-1])

    def validation_step(self, batch: Batch) -> torch.Tensor:
        return self.loss(self(*batch[:-1]), batch[-1])


class Descent:
    """SGD that switches gradients off by itself, and notes the first parameter's gradient at every step."""

    def __init__(self, params: list[nn.Parameter], lr: float) -> None:
        self.params, self.lr = params, lr
        self.used: list[torch.Tensor | None] = []

    def step(self) -> None:
        gradient = self.params[0].grad
        self.used.append(None if gradient is None else gradient.clone())
        with torch.no_grad():
            for param in self.params:
                if param.grad is not None:
                    param.sub_(self.lr * param.grad)

    def zero_grad(self, set_to_none: bool = False) -> None:
        for param in self.params:
            if set_to_none:
                param.grad = None
            elif param.grad is not None:
                param.grad.zero_()


class Batches:
    """Minibatches of in-memory examples, any number of times.

    Shuffled ones come in a new order each time; of those that turn, each pass begins one example later than
    the one before, and ends with those that it left out.
    """

    def __init__(
        self, X: torch.Tensor, y: torch.Tensor, batch_size: int, *, shuffle: bool = False, turns: bool = False
    ) -> None:
        self.X, self.y, self.batch_size, self.shuffle, self.turns = X, y, batch_size, shuffle, turns
        self.passes = 0

    def __len__(self) -> int:
        return math.ceil(len(self.X) / self.batch_size)

    def __iter__(self) -> Iterator[Batch]:
        if self.shuffle:
            return minibatches(self.X, self.y, self.batch_size)
        shift = -self.passes if self.turns else 0
        self.passes += 1
        X, y = (self.X.roll(shift, 0), self.y.roll(shift, 0)) if shift else (self.X, self.y)
        return iter(list(zip(X.split(self.batch_size), y.split(self.batch_size), strict=True)))


@dataclass
class Trainer:
    """What the book's trainer has by the time it calls fit_epoch; it prepares a batch only if told to."""

    model: LinearModel
    optim: Descent
    train_dataloader: Batches
    val_dataloader: Batches | None
    gradient_clip_val: float = 0
    prepares: bool = False
    train_batch_idx: int = 0
    val_batch_idx: int = 0
    epoch: int = 0
    max_epochs: int = 2
    prepared: list[torch.Tensor] = field(default_factory=list)

    @property
    def num_train_batches(self) -> int:
        return len(self.train_dataloader)

    @property
    def num_val_batches(self) -> int:
        return 0 if self.val_dataloader is None else len(self.val_dataloader)

    def prepare_batch(self, batch: Batch) -> Batch:
        X, y = batch
        if self.prepares:
            X, y = X / 2, y + 1
        self.prepared.append(X)
        return X, y

    def clip_gradients(self, grad_clip_val: float, model: nn.Module) -> None:
        gradients = [param.grad for param in model.parameters() if param.grad is not None]
        norm = sum((gradient**2).sum() for gradient in gradients) ** 0.5
        if norm > grad_clip_val:
            for gradient in gradients:
                gradient.mul_(grad_clip_val / norm)

    def run(self, fit_epoch: Any, epochs: int) -> list[Tensors]:
        """Run so many epochs; what they do to the global gradient mode ends with them.

        Return the model's w and b after each.
        """
        after = []
        with torch.enable_grad():
            for self.epoch in range(epochs):
                fit_epoch(self)
                after.append([self.model.w.detach().clone(), self.model.b.detach().clone()])
        return after


def fitted(  # noqa: PLR0913 - a start, data, how to step, and what is special about the trainer
    fit_epoch: Any,
    w: torch.Tensor,
    b: torch.Tensor,
    X: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
    lr: float,
    *,
    clip: float = 0,
    validates: bool = True,
    moody: bool = False,
) -> Tensors:
    """Return weights and bias after two epochs; a moody model is in evaluation mode when they begin."""
    model = LinearModel(w, b, moody=moody)
    validation = Batches(X + 1, y - 1, batch_size) if validates else None
    trainer = Trainer(model, Descent([model.w, model.b], lr), Batches(X, y, batch_size), validation, clip)
    model.train(not moody)
    trainer.run(fit_epoch, 2)
    return [model.w.detach(), model.b.detach()]


def fitted_to_prepared(
    fit_epoch: Any,
    w: torch.Tensor,
    b: torch.Tensor,
    X: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
    lr: float,
) -> tuple[Tensors, bool]:
    """Return weights and bias after an epoch on prepared batches; and whether the model saw no others."""
    model, validation = LinearModel(w, b), Batches(X + 1, y - 1, batch_size)
    optimizer = Descent([model.w, model.b], lr)
    trainer = Trainer(model, optimizer, Batches(X, y, batch_size), validation, prepares=True)
    trainer.run(fit_epoch, 1)
    prepared = all(any(torch.equal(shown, one) for one in trainer.prepared) for shown, _, _ in model.shown)
    return [model.w.detach(), model.b.detach()], prepared


def one_hot_trainer(n: int, m: int, batch_size: int) -> Trainer:
    """Return a trainer of n training and m validation examples, each with a weight of its own."""
    X, y = torch.eye(n + m), torch.ones(n + m, 1)
    model = LinearModel(torch.zeros(n + m, 1), torch.zeros(1))
    loaders = Batches(X[:n], y[:n], batch_size, turns=True), Batches(X[n:], y[n:], batch_size)
    return Trainer(model, Descent([model.w, model.b], 0.01), *loaders)


def examples_used(fit_epoch: Any, n: int, m: int, batch_size: int) -> list[list[int]]:
    """Return the numbers of the examples whose gradient each step of two epochs followed, in ascending order.

    Those of validation come after n. The second epoch begins with the second example, and ends with the
    first.
    """
    trainer = one_hot_trainer(n, m, batch_size)
    trainer.run(fit_epoch, 2)
    return [[] if used is None else used[:, 0].nonzero()[:, 0].tolist() for used in trainer.optim.used]


def validated(fit_epoch: Any, n: int, m: int, batch_size: int) -> tuple[list[int], bool, bool, bool]:
    """Return the validation examples that the model saw.

    And whether all were seen in evaluation mode, without gradients, and when the training was over.
    """
    trainer = one_hot_trainer(n, m, batch_size)
    trainer.run(fit_epoch, 1)
    shown = [(X, *state) for X, *state in trainer.model.shown if X[:, n:].any()]
    rows = [row for X, _, _ in shown for row in X.argmax(dim=1).tolist()]
    in_eval_mode = not any(training for _, training, _ in shown)
    without_gradients = not any(gradients for _, _, gradients in shown)
    is_validation = [bool(X[:, n:].any()) for X, _, _ in trainer.model.shown]
    return list(dict.fromkeys(rows)), in_eval_mode, without_gradients, is_validation == sorted(is_validation)


def counted(fit_epoch: Any, n: int, m: int, batch_size: int, earlier: int) -> tuple[Any, Any]:
    """Return both counters after an epoch that wasn't the first."""
    trainer = one_hot_trainer(n, m, batch_size)
    trainer.train_batch_idx, trainer.val_batch_idx = earlier, earlier + 1
    trainer.run(fit_epoch, 1)
    return trainer.train_batch_idx, trainer.val_batch_idx


def trained(fit_epoch: Any, device: torch.device) -> list[Tensors]:
    """Train for 3 epochs at learning rate 0.03 on 1,000 examples in batches of 32, the same on any device.

    Return w (2, 1) and b (1,) after each, on the CPU.
    """
    X = torch.randn(2000, 2)
    y = X @ torch.tensor([[2.0], [-3.4]]) + 4.2 + 0.01 * torch.randn(2000, 1)
    model = moved(LinearModel(0.01 * torch.randn(2, 1), torch.zeros(1)), device)
    X, y = X.to(device), y.to(device)
    loaders = Batches(X[:1000], y[:1000], 32, shuffle=True), Batches(X[1000:], y[1000:], 32)
    trainer = Trainer(model, Descent([model.w, model.b], 0.03), *loaders, max_epochs=3)
    return [[param.cpu() for param in params] for params in trainer.run(fit_epoch, 3)]
