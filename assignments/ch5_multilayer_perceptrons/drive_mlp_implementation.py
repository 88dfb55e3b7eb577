"""5.2, beside the student's code: build a network, set its weights, take a step, train.

The loop around the network and the loss, cross-entropy on logits, are the harness's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional as F

from grader.drive import assign, kept_rate, minibatches, moved, training_images

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Tensors = list[torch.Tensor]

PIXELS, CLASSES, HIDDENS = 784, 10, 256
ORDER = ((PIXELS, HIDDENS), (HIDDENS,), (HIDDENS, CLASSES), (CLASSES,))
"""The shapes of W1, b1, W2 and b2."""


# MLPScratch ------------------------------------------------------------------------------------


def built(
    MLPScratch: Any,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    lr: float = 0.1,
) -> Any:
    """Return a network with weights W1 (inputs, hiddens), W2 (hiddens, outputs) and their biases, there."""
    model = moved(MLPScratch(W1.shape[0], W2.shape[1], W1.shape[1], lr), W1.device)
    give(model, W1, b1, W2, b2)
    return model


def give(model: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor) -> None:
    """Set the weights and biases of a network."""
    for name, given in (("W1", W1), ("W2", W2)):
        assign(model, name, given)
    for name, given in (("b1", b1), ("b2", b2)):
        assign(model, name, given, may_broadcast=True)


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


def next_scores(
    MLPScratch: Any,
    W1: torch.Tensor,
    b1: torch.Tensor,
    W2: torch.Tensor,
    b2: torch.Tensor,
    X: torch.Tensor,
    wider: bool,
) -> tuple[torch.Tensor, list[float]]:
    """Return a network's scores after it has seen other images, twice as many, and another network these.

    It has seen these, too, when it had other weights. The images of the other network may be twice as wide.
    Return, too, the learning rate that it keeps (see `kept_rate`): it was given 0.5, and the other one 0.1.
    """
    model = built(MLPScratch, -W1, b1 - 1, -W2, b2 + 1, lr=0.5)
    model.forward(X)
    give(model, W1, b1, W2, b2)
    W, images = (torch.cat([W1, W1]), torch.cat([X, X], dim=-1)) if wider else (-W1, X)
    other = built(MLPScratch, W, b1 + 1, -W2, b2 - 1)
    model.forward(torch.cat([-X, X]))
    other.forward(images)
    return model.forward(X), kept_rate(model)


def initial(
    MLPScratch: Any,
    num_inputs: int,
    num_outputs: int,
    num_hiddens: int,
    lr: float,
    sigma: float | None,
    by_name: bool,
) -> tuple[Any, Any, Any, Any, bool]:
    """Return the weights and biases of a new network, and whether all want gradients.

    The arguments are given by name, or by position.
    """
    given = {"num_inputs": num_inputs, "num_outputs": num_outputs, "num_hiddens": num_hiddens, "lr": lr}
    given |= {} if sigma is None else {"sigma": sigma}
    model = MLPScratch(**given) if by_name else MLPScratch(*given.values())
    parameters = (model.W1, model.b1, model.W2, model.b2)
    return *parameters, all(bool(parameter.requires_grad) for parameter in parameters)


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


def trained_scratch(MLPScratch: Any, device: torch.device) -> list[Tensors]:
    """Train a network of 256 hidden units, whose weights are a student's tensors."""
    model = MLPScratch(PIXELS, CLASSES, HIDDENS, 0.1)
    return trained(model, lambda: [model.W1, model.b1.reshape(-1), model.W2, model.b2.reshape(-1)], device)


# MLP -------------------------------------------------------------------------------------------


def layered(
    MLP: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> tuple[Any, list[torch.Tensor]]:
    """Return a network of layers with these weights, and its parameters in the order W1, b1, W2, b2.

    Its lazy layers learn from the images X how many pixels there are. Then its parameters are known by their
    shapes, for the numbers of pixels, hidden units and classes differ; a layer keeps its weight transposed.
    """
    return filled(MLP(W2.shape[1], W1.shape[1], 0.1), W1, b1, W2, b2, X)


def filled(
    model: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> tuple[Any, list[torch.Tensor]]:
    """Give a network of layers these weights; return it with its parameters, as `layered` does."""
    model = settled(model, X)
    model.forward(X)
    given = (W1, b1, W2, b2)
    found = in_order(list(model.parameters()), [one.shape for one in given])
    for parameter, value in zip(found, given, strict=True):
        with torch.no_grad():
            parameter.copy_(value if parameter.shape == value.shape else value.t())
    return model, found


def in_order(parameters: Tensors, shapes: Sequence[tuple[int, ...]]) -> Tensors:
    """Return a network's parameters in the order of these shapes; each may be transposed."""
    found = []
    for shape in shapes:
        matching = [one for one in parameters if tuple(one.shape) in {tuple(shape), tuple(shape[::-1])}]
        if len(matching) != 1 or len(parameters) != len(shapes):
            has = ", ".join(str(tuple(one.shape)) for one in parameters)
            wants = ", ".join(str(tuple(one[::-1])) for one in shapes)
            raise ValueError(f"its parameters have the shapes {has or 'of nothing'}; expected {wants}")
        found.append(matching[0])
    return found


def layered_scores(
    MLP: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> torch.Tensor:
    """Return the scores that a network of layers with these weights gives to images."""
    model, _parameters = layered(MLP, W1, b1, W2, b2, X)
    return model.forward(X)


def next_layered_scores(
    MLP: Any, W1: torch.Tensor, b1: torch.Tensor, W2: torch.Tensor, b2: torch.Tensor, X: torch.Tensor
) -> tuple[torch.Tensor, list[float]]:
    """Return a network's scores after it has seen other images, twice as many, and another network these.

    Both are made with their arguments by name. Return, too, the learning rate that it keeps (see
    `kept_rate`): it was given 0.5, and the other one 0.1.
    """
    sizes = {"num_outputs": W2.shape[1], "num_hiddens": W1.shape[1]}
    model, _parameters = filled(MLP(**sizes, lr=0.5), W1, b1, W2, b2, X)
    other, _parameters = filled(MLP(**sizes, lr=0.1), -W1, b1 + 1, -W2, b2 - 1, X)
    model.forward(torch.cat([-X, X]))
    other.forward(X)
    return model.forward(X), kept_rate(model)


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
    return turned(parameters, [one.shape for one in (W1, b1, W2, b2)]), learned


def turned(parameters: Tensors, shapes: Sequence[tuple[int, ...]]) -> Tensors:
    """Return parameters in these shapes: those that a layer keeps transposed are turned."""
    return [
        one if tuple(one.shape) == tuple(shape) else one.t()
        for one, shape in zip(parameters, shapes, strict=True)
    ]


def trained_layers(MLP: Any, device: torch.device) -> list[Tensors]:
    """Train a network of 256 hidden units, made of layers."""
    model = MLP(CLASSES, HIDDENS, 0.1)
    return trained(model, lambda: turned(in_order(list(model.parameters()), ORDER), ORDER), device)


# Both ------------------------------------------------------------------------------------------


def trained(model: Any, weights: Callable[[], Tensors], device: torch.device) -> list[Tensors]:
    """Train for 10 epochs on the images, batch 256, learning rate 0.1, in the same order on any device.

    Return W1 (784, 256), b1 (256,), W2 (256, 10) and b2 (10,) after each epoch, on the CPU.
    """
    images, labels = (one.to(device) for one in training_images())
    model = settled(model, images[:1])
    learned = []
    for _ in range(10):
        for X, y in minibatches(images, labels, 256):
            descend(model, X, y, lr=0.1)
        learned.append([one.detach().cpu().clone() for one in weights()])
    return learned


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
