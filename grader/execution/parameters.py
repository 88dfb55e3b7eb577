"""The parameters and the learning rate of a student's model, for drive files."""

from __future__ import annotations

import torch


def assign(model: object, name: str, value: torch.Tensor, *, may_broadcast: bool = False) -> None:
    """Give a parameter of a student's model another value, in place.

    Example: `assign(model, "w", torch.ones(2, 1))`.

    Args:
        model: the model.
        name: the name of the parameter, an attribute of the model.
        value: the value, in the shape that the parameter must have.
        may_broadcast: accept a parameter whose shape differs only in axes of size one, as a bias of one row.

    Raises:
        AttributeError: the model has no attribute of this name.
        TypeError: it is no tensor: "w is a float, expected a tensor".
        ValueError: it has another shape: "w has the shape (2,), expected (2, 1)".
    """
    parameter = getattr(model, name)
    if not isinstance(parameter, torch.Tensor):
        raise TypeError(f"{name} is a {type(parameter).__name__}, expected a tensor")
    if may_broadcast and parameter.squeeze().shape == value.squeeze().shape:
        value = value.reshape(parameter.shape)
    if parameter.shape != value.shape:
        raise ValueError(f"{name} has the shape {tuple(parameter.shape)}, expected {tuple(value.shape)}")
    with torch.no_grad():
        parameter.copy_(value)


def kept_rate(model: object) -> list[float]:
    """Return the learning rate that a model keeps as `lr`, in a list; an empty list if it keeps no number.

    Example: of two models that were made with `lr=0.1` and `lr=0.5`, the first keeps `[0.1]` or `[]`. It
    keeps `[0.5]` if both have one attribute, that of their class.

    Args:
        model: the model.
    """
    lr = getattr(model, "lr", None)
    return [float(lr)] if isinstance(lr, int | float) else []
