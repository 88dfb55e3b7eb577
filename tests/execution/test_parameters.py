"""Parameters of a student's model get other values, or an error says what is wrong; its rate is read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import torch
from torch import nn

from grader.execution.parameters import assign, kept_rate


@pytest.mark.parametrize("leaf", [torch.zeros(2, 1, requires_grad=True), nn.Parameter(torch.zeros(2, 1))])
def test_a_parameter_is_changed_in_place(leaf: torch.Tensor) -> None:
    assign(SimpleNamespace(w=leaf), "w", torch.tensor([[1.0], [2.0]]))
    assert leaf.tolist() == [[1.0], [2.0]]
    assert leaf.requires_grad
    assert leaf.is_leaf


@pytest.mark.parametrize(
    ("parameter", "message"),
    [
        (torch.zeros(2), r"w has the shape \(2,\), expected \(2, 1\)"),
        (torch.zeros(1, 2), r"w has the shape \(1, 2\), expected \(2, 1\)"),
        (torch.zeros(()), r"w has the shape \(\), expected \(2, 1\)"),
        (0.5, "w is a float, expected a tensor"),
        ([1.0, 2.0], "w is a list, expected a tensor"),
    ],
)
def test_another_shape_or_type_is_named(parameter: object, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        assign(SimpleNamespace(w=parameter), "w", torch.ones(2, 1))


@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_axes_of_size_one_may_be_forgiven(shape: tuple[int, ...]) -> None:
    parameter = torch.zeros(shape)
    assign(SimpleNamespace(b=parameter), "b", torch.tensor([3.0]), may_broadcast=True)
    assert parameter.item() == 3.0


def test_other_axes_are_not_forgiven() -> None:
    with pytest.raises(ValueError, match=r"b has the shape \(3,\), expected \(2,\)"):
        assign(SimpleNamespace(b=torch.zeros(3)), "b", torch.ones(2), may_broadcast=True)


def test_a_parameter_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'w'"):
        assign(SimpleNamespace(), "w", torch.ones(2, 1))


@pytest.mark.parametrize(
    ("attributes", "rate"),
    [({"lr": 0.5}, [0.5]), ({"lr": 1}, [1.0]), ({}, []), ({"lr": None}, []), ({"lr": "0.1"}, [])],
)
def test_only_a_number_is_a_learning_rate(attributes: dict[str, object], rate: list[float]) -> None:
    assert kept_rate(SimpleNamespace(**attributes)) == rate


def test_a_module_without_a_rate_keeps_none() -> None:
    assert kept_rate(nn.Linear(1, 1)) == []
