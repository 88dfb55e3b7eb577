"""4.4, beside the student's code: build a model, set its weights, take a step, train."""

from __future__ import annotations

from typing import Any

import torch

from grader.drive import assign, kept_rate, minibatches, moved, training_images

PIXELS, CLASSES = 784, 10


def built(Model: Any, W: torch.Tensor, b: torch.Tensor, lr: float = 0.1) -> Any:
    """Return a model with weights W (num_inputs, num_outputs) and bias b (num_outputs,), where they live."""
    model = moved(Model(W.shape[0], W.shape[1], lr), W.device)
    assign(model, "W", W)
    assign(model, "b", b, may_broadcast=True)
    return model


def predicted(Model: Any, W: torch.Tensor, b: torch.Tensor, X: torch.Tensor) -> torch.Tensor:
    """Return what a model with these weights predicts."""
    return built(Model, W, b).forward(X)


def predicted_next(
    Model: Any, W: torch.Tensor, b: torch.Tensor, X: torch.Tensor
) -> tuple[torch.Tensor, list[float]]:
    """Return what a model predicts after it has seen other images, twice as many, and another model these.

    It has seen these, too, when it had other weights. Return, too, the learning rate that it keeps (see
    `kept_rate`): it was given 0.5, and the other model 0.1.
    """
    model = built(Model, -W, b - 1, lr=0.5)
    model.forward(X)
    assign(model, "W", W)
    assign(model, "b", b, may_broadcast=True)
    other = built(Model, -W, b + torch.arange(len(b), device=b.device))
    model.forward(torch.cat([-X, X]))
    other.forward(X)
    return model.forward(X), kept_rate(model)


def loss_of(Model: Any, y_hat: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """Return a model's loss."""
    return moved(Model(2, y_hat.shape[1], 0.1), y_hat.device).loss(y_hat, y)


def initial(
    Model: Any, num_inputs: int, num_outputs: int, lr: float, sigma: float | None, by_name: bool
) -> tuple[Any, Any, bool, bool]:
    """Return the weights and bias of a new model, and whether they want gradients.

    The arguments are given by name, or by position.
    """
    given = {"num_inputs": num_inputs, "num_outputs": num_outputs, "lr": lr}
    given |= {} if sigma is None else {"sigma": sigma}
    model = Model(**given) if by_name else Model(*given.values())
    return model.W, model.b, bool(model.W.requires_grad), bool(model.b.requires_grad)


def one_step(
    Model: Any, W: torch.Tensor, b: torch.Tensor, X: torch.Tensor, y: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, bool]:
    """Return weights and bias after one step at learning rate 1, and whether the loss had a gradient."""
    model = built(Model, W, b)
    learned = descend(model, X, y, lr=1.0)
    return model.W, model.b.reshape(-1), learned


def trained(Model: Any, device: torch.device) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Train for 10 epochs on the images, batch 256, learning rate 0.1, in the same order on any device.

    Return the weights (784, 10) and the bias (10,) after each epoch, on the CPU.
    """
    model = moved(Model(PIXELS, CLASSES, 0.1), device)
    images, labels = (one.to(device) for one in training_images())
    learned = []
    for _ in range(10):
        for X, y in minibatches(images, labels, 256):
            descend(model, X, y, lr=0.1)
        learned.append((model.W.detach().cpu().clone(), model.b.detach().cpu().reshape(-1).clone()))
    return learned


def descend(model: Any, X: torch.Tensor, y: torch.Tensor, lr: float) -> bool:
    """Take one step down the gradient of the loss on a batch; return whether the loss has one.

    It has none, either, where `parameters` turns gradients off for whoever goes through it.
    """
    parameters, learns = [], True
    for parameter in model.parameters():
        parameters.append(parameter)
        learns = learns and torch.is_grad_enabled()  # what the caller computes with it
    loss = model.loss(model.forward(X), y)
    if not (learns and isinstance(loss, torch.Tensor) and loss.requires_grad):
        return False
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            if parameter.is_leaf and parameter.grad is not None:
                parameter.sub_(lr * parameter.grad)
    return True
