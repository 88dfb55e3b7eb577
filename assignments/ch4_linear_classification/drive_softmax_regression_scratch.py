"""4.4, beside the student's code: build a model, set its weights, take a step, train."""

from __future__ import annotations

from typing import Any

import torch

from grader.assets import minibatches, training_images, validation_images

PIXELS, CLASSES = 784, 10


def built(Model: Any, W: torch.Tensor, b: torch.Tensor, lr: float = 0.1) -> Any:
    """Return a model with the given weights (num_inputs, num_outputs) and bias (num_outputs,)."""
    model = Model(W.shape[0], W.shape[1], lr)
    with torch.no_grad():
        model.W.copy_(W)
        model.b.copy_(b)
    return model


def predicted(Model: Any, W: torch.Tensor, b: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """Return what a model with these weights predicts."""
    return built(Model, W, b).forward(X).detach()


def loss_of(Model: Any, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return a model's loss."""
    return Model(2, y_hat.shape[1], 0.1).loss(y_hat, y).detach()


def initial(Model: Any, num_inputs: int, num_outputs: int, sigma: float | None) -> tuple[Any, Any, bool, bool]:
    """Return the weights and bias of a new model, and whether they want gradients."""
    model = Model(num_inputs, num_outputs, 0.1, *(() if sigma is None else (sigma,)))
    return model.W.detach(), model.b.detach(), bool(model.W.requires_grad), bool(model.b.requires_grad)


def one_step(
    Model: Any, W: torch.Tensor, b: torch.Tensor, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return weights and bias after one step at learning rate 1 on one batch."""
    model = built(Model, W, b)
    descend(model, X, y, lr=1.0)
    return model.W.detach(), model.b.detach()


def trained_outputs(Model: Any) -> torch.Tensor:
    """Train for 10 epochs on the images, batch 256, learning rate 0.1; return the validation outputs."""
    model = Model(PIXELS, CLASSES, 0.1)
    images, labels = training_images()
    for _ in range(10):
        for X, y in minibatches(images, labels, 256):
            descend(model, X, y, lr=0.1)
    with torch.no_grad():
        return model.forward(validation_images())


def descend(model: Any, X: torch.Tensor, y: torch.Tensor, lr: float) -> None:
    """Take one step down the gradient of the loss on a batch."""
    parameters = list(model.parameters())
    loss = model.loss(model.forward(X), y)
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= lr * parameter.grad
