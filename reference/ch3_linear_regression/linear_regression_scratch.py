"""3.4 Linear regression from scratch."""

from typing import Any

import torch
from torch import nn


class LinearRegressionScratch(nn.Module):
    """Linear regression, its parameters made by hand.

    Args:
        num_inputs: number of features of an example.
        lr: learning rate.
        sigma: standard deviation of the initial weights.

    Attributes:
        w: weights, shape (num_inputs, 1), drawn from N(0, sigma²), with gradient.
        b: bias, shape (1,), zero, with gradient.

    Example:
        >>> model = LinearRegressionScratch(2, lr=0.03)
        >>> model.forward(torch.zeros(3, 2)).shape
        torch.Size([3, 1])

    """

    def __init__(self, num_inputs: int, lr: float, sigma: float = 0.01) -> None:
        super().__init__()
        self.lr = lr
        self.w = nn.Parameter(torch.normal(0, sigma, size=(num_inputs, 1)))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Return the predictions, shape (n, 1), for examples `X` of shape (n, num_inputs)."""
        return torch.matmul(X, self.w) + self.b

    def loss(self, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Return the mean, over the examples, of half the squared error.

        Args:
            y_hat: predictions, shape (n, 1).
            y: targets, shape (n, 1).

        Returns:
            The loss, a tensor of shape ().

        """
        squares = (y_hat - y) ** 2 / 2
        return squares.mean()

    def configure_optimizers(self) -> "SGD":
        """Return the optimizer that learns `w` and `b` with this model's learning rate."""
        return SGD([self.w, self.b], self.lr)


class SGD:
    """Minibatch stochastic gradient descent, without torch.optim.

    Args:
        params: the tensors to learn, a list; after a backward pass each has its gradient in `.grad`.
        lr: learning rate.

    Example:
        >>> x = torch.tensor([1.0, 2.0], requires_grad=True)
        >>> optimizer = SGD([x], lr=0.1)
        >>> (x * x).sum().backward()
        >>> with torch.no_grad():
        ...     optimizer.step()
        >>> x
        tensor([0.8000, 1.6000], requires_grad=True)

    """

    def __init__(self, params: list[torch.Tensor], lr: float) -> None:
        self.params = params
        self.lr = lr

    def step(self) -> None:
        """Move every parameter by one step of descent along its gradient.

        The tensors in `params` themselves change: a model holds the very same objects. Whoever calls this
        has switched gradients off (`torch.no_grad()`), so the update isn't recorded.
        """
        for param in self.params:
            param -= self.lr * param.grad  # noqa: PLW2901 - in place: still the same tensor

    def zero_grad(self) -> None:
        """Clear the gradients of all parameters; before the first backward pass there are none to clear."""
        for param in self.params:
            if param.grad is not None:
                param.grad.zero_()


def fit_epoch(trainer: Any) -> None:
    """Train a model for one epoch, then validate it.

    Every minibatch of the training data is used once: prepare it, compute the loss, and let the optimizer
    take one step along the gradient of this minibatch alone. Gradients are clipped before the step if
    `gradient_clip_val` is above 0. While it trains, the model is in training mode.

    Then every minibatch of the validation data, prepared as well, goes through the model in evaluation
    mode, without gradients; if there is no validation data, this part is left out.

    Args:
        trainer: an object that holds

            - `model`, with `training_step(batch)`, which returns the loss, and `validation_step(batch)`;
            - `optim`, the optimizer, with `zero_grad()` and `step()`;
            - `train_dataloader` and `val_dataloader`, which yield minibatches `(X, y)`; the latter may be
              None;
            - `prepare_batch(batch)`, which returns the minibatch that the model is to see;
            - `gradient_clip_val`, and `clip_gradients(gradient_clip_val, model)`;
            - `train_batch_idx` and `val_batch_idx`, which count the minibatches of all epochs so far.

    """
    trainer.model.train()
    for batch in trainer.train_dataloader:
        loss = trainer.model.training_step(trainer.prepare_batch(batch))
        trainer.optim.zero_grad()
        with torch.no_grad():  # backward works all the same; the step must not be recorded
            loss.backward()
            if trainer.gradient_clip_val > 0:
                trainer.clip_gradients(trainer.gradient_clip_val, trainer.model)
            trainer.optim.step()
        trainer.train_batch_idx += 1
    if trainer.val_dataloader is None:
        return
    trainer.model.eval()
    for batch in trainer.val_dataloader:
        with torch.no_grad():
            trainer.model.validation_step(trainer.prepare_batch(batch))
        trainer.val_batch_idx += 1
