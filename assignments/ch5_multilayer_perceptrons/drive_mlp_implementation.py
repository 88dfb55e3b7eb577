"""5.2, beside the student's code: build a network, set its weights, take a step, train.

The loop around the network and the loss, cross-entropy on logits, are the harness's.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.nn import functional as F

from grader.drive import minibatches, moved, training_images, validation_images

PIXELS, CLASSES, HIDDENS = 784, 10, 256


# MLPScratch ------------------------------------------------------------------------------------


def built(MLPScratch: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor) -> Any:
    """Return a network with weights W1 (inputs, hiddens), W2 (hiddens, outputs) and their biases, there."""
    model = moved(MLPScratch(W1.shape[0], W2.shape[1], W1.shape[1], 0.1), W1.device)
    for name, given in (("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2)):
        parameter = getattr(model, name)
        if parameter.squeeze().shape != given.squeeze().shape:
            raise ValueError(f"{name} has shape {tuple(parameter.shape)}, expected {tuple(given.shape)}")
        with torch.no_grad():
            parameter.copy_(given.reshape(parameter.shape))
    return model


def scores(
    MLPScratch: Any,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    X: torch.Tensor,
) -> torch.Tensor:
    """Return the scores that a network with these weights gives to images."""
    return built(MLPScratch, W1, b1, W2, b2).forward(X)


def initial(
    MLPScratch: Any, num_inputs: int, num_outputs: int, num_hiddens: int, sigma: float | None
) -> tuple[Any, Any, Any, Any, bool]:
    """Return the weights and biases of a new network, and whether all want gradients."""
    model = MLPScratch(num_inputs, num_outputs, num_hiddens, 0.1, *(() if sigma is None else (sigma,)))
    parameters = (model.W1, model.b1, model.W2, model.b2)
    learn = all(bool(parameter.requires_grad) for parameter in parameters)
    return model.W1, model.b1.reshape(-1), model.W2, model.b2.reshape(-1), learn


def one_step(
    MLPScratch: Any,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    X: torch.Tensor,
    y: torch.Tensor,
) -> tuple[list[torch.Tensor], bool]:
    """Return the weights after one step at learning rate 1, and whether the scores had a gradient."""
    model = built(MLPScratch, W1, b1, W2, b2)
    learned = descend(model, X, y, lr=1.0)
    return [model.W1, model.b1.reshape(-1), model.W2, model.b2.reshape(-1)], learned


def trained_scratch(MLPScratch: Any, device: torch.device) -> list[torch.Tensor]:
    """Train a network of 256 hidden units, whose weights are a student's tensors."""
    return trained(MLPScratch(PIXELS, CLASSES, HIDDENS, 0.1), device)


# MLP -------------------------------------------------------------------------------------------


def layered(
    MLP: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> tuple[Any, list[torch.Tensor]]:
    """Return a network of layers with these weights, and its parameters in the order W1, b1, W2, b2.

    Its lazy layers learn from the images X how many pixels there are. Then its parameters are known by their
    shapes, for the numbers of pixels, hidden units and classes differ; a layer keeps its weight transposed.
    """
    model = settled(MLP(W2.shape[1], W1.shape[1], 0.1), X)
    model.forward(X)
    parameters = list(model.parameters())
    found = []
    for given in (W1.t(), b1, W2.t(), b2):
        matching = [one for one in parameters if one.shape in {given.shape, given.t().shape}]
        if len(matching) != 1 or len(parameters) != 4:
            has = ", ".join(str(tuple(one.shape)) for one in parameters)
            wants = ", ".join(str(tuple(one.shape)) for one in (W1.t(), b1, W2.t(), b2))
            raise ValueError(f"its parameters have the shapes {has or 'of nothing'}; expected {wants}")
        with torch.no_grad():
            matching[0].copy_(given if matching[0].shape == given.shape else given.t())
        found.append(matching[0])
    return model, found


def layered_scores(
    MLP: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> torch.Tensor:
    """Return the scores that a network of layers with these weights gives to images."""
    model, _parameters = layered(MLP, W1, b1, W2, b2, X)
    return model.forward(X)


def layered_step(
    MLP: Any,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    X: torch.Tensor,
    y: torch.Tensor,
) -> tuple[list[torch.Tensor], bool]:
    """Return the weights after one step at learning rate 1, and whether the scores had a gradient."""
    model, parameters = layered(MLP, W1, b1, W2, b2, X)
    learned = step(F.cross_entropy(model.forward(X), y), parameters, lr=1.0)
    after = [
        parameter if parameter.shape == given.shape else parameter.t()
        for parameter, given in zip(parameters, (W1, b1, W2, b2), strict=True)
    ]
    return after, learned


def trained_layers(MLP: Any, device: torch.device) -> list[torch.Tensor]:
    """Train a network of 256 hidden units, made of layers."""
    return trained(MLP(CLASSES, HIDDENS, 0.1), device)


# Both ------------------------------------------------------------------------------------------


def trained(model: Any, device: torch.device) -> list[torch.Tensor]:
    """Train for 10 epochs on the images, batch 256, learning rate 0.1, in the same order on any device.

    Return the scores of the validation images after each epoch, on the CPU.
    """
    images, labels = (one.to(device) for one in training_images())
    model = settled(model, images[:1])
    unseen = validation_images().to(device)
    outputs = []
    for _ in range(10):
        for X, y in minibatches(images, labels, 256):
            descend(model, X, y, lr=0.1)
        with torch.no_grad():
            outputs.append(model.forward(unseen).cpu())
    return outputs


def settled(model: Any, X: torch.Tensor) -> Any:
    """Put a network where images X are, and the layers, too, that it makes when it first sees an image."""
    moved(model, X.device)
    if X.is_cuda:
        with torch.device(X.device), torch.no_grad():
            model.forward(X)
    return model


def descend(model: Any, X: torch.Tensor, y: torch.Tensor, lr: float) -> bool:
    """Take one step down the gradient of the cross-entropy of a batch; return whether it has one."""
    scores = model.forward(X)  # first, for lazy layers have no parameters before
    return step(F.cross_entropy(scores, y), list(model.parameters()), lr)


def step(loss: torch.Tensor, parameters: list[torch.Tensor], lr: float) -> bool:
    """Move parameters down the gradient of a loss; return whether it has one."""
    if not loss.requires_grad:
        return False
    for parameter in parameters:
        parameter.grad = None
    loss.backward()
    with torch.no_grad():
        for parameter in parameters:
            if parameter.is_leaf and parameter.grad is not None:
                parameter.sub_(lr * parameter.grad)
    return True
