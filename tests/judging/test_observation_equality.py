"""Whether two incorrect answers are wrong in the same way."""

from __future__ import annotations

import math

import pandas as pd
import pytest
import torch

from grader.judging.observation_equality import agree, alike
from grader.records.protocol import Observation, Raised
from grader.records.values import Tensor, record

SCORES = torch.tensor([[0.3, -2.0], [5.0, 1.0]])


def raised(message: str, kind: str = "RuntimeError", lines: str = "", *, inside: bool = True) -> Observation:
    return Observation(raised=Raised(kind, message, lines, inside=inside))


def test_values_agree_when_only_the_order_of_operations_differs() -> None:
    naive = torch.exp(SCORES) / torch.exp(SCORES).sum(0)
    stable = torch.exp(SCORES - SCORES.amax(0)) / torch.exp(SCORES - SCORES.amax(0)).sum(0)
    assert not torch.equal(naive, stable)
    assert alike(record(naive), record(stable))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (SCORES, 1.01 * SCORES),
        (SCORES, SCORES.to(torch.float64)),
        (SCORES, SCORES.reshape(4)),
        (SCORES, SCORES.tolist()),
        (torch.tensor([1, 2]), torch.tensor([1, 3])),
        (torch.tensor([math.nan, 1.0]), torch.tensor([0.0, 1.0])),
        (torch.tensor([math.inf, 1.0]), torch.tensor([-math.inf, 1.0])),
        (torch.tensor([1.0, math.inf]), torch.tensor([1.0, math.nan])),
        ([1.0, 2.0], (1.0, 2.0)),
        ([1.0, 2.0], [1.0]),
        (True, 1),
        (1.0, 2.0),
        (None, 0.0),
        ({"a": 1}, {"b": 1}),
        (object(), 3j),
        (pd.DataFrame({"a": [1.0]}), pd.DataFrame({"b": [1.0]})),
        (pd.DataFrame({"a": [1.0, None]}), pd.DataFrame({"a": [1.0, 0.0]})),
    ],
)
def test_what_differs_by_more_than_rounding_does_not_agree(one: object, other: object) -> None:
    assert alike(record(one), record(one))
    assert not alike(record(one), record(other))
    assert not alike(record(other), record(one))


def test_a_table_agrees_however_its_columns_are_stored() -> None:
    assert alike(record(pd.DataFrame({"a": [1, 0]})), record(pd.DataFrame({"a": [True, False]})))


def test_a_number_agrees_with_the_tensor_that_it_came_out_of() -> None:
    third = torch.tensor(1.0) / 3
    assert alike(record(third.item()), record(1 / 3))
    assert alike(record([third]), record([1 / 3]))


def test_exceptions_agree_by_type_and_message_wherever_they_were_raised() -> None:
    assert agree(raised("sizes 3 and 4", lines="line 2"), raised("sizes 3 and 4", lines="line 9"))
    assert not agree(raised("sizes 3 and 4"), raised("sizes 3 and 5"))
    assert not agree(raised("wrong"), raised("wrong", "ValueError"))
    assert not agree(raised("wrong"), Observation())
    assert not agree(Observation(), raised("wrong"))


def test_wrong_signatures_agree_whatever_the_parameters_are_called() -> None:
    asked = [raised(f"softmax() misses '{name}'", "TypeError", inside=False) for name in ("axis", "dim")]
    assert agree(*asked)
    assert not agree(raised("misses 'axis'", inside=True), raised("misses 'dim'", inside=True))


def test_changed_arguments_and_gradients_are_compared_too() -> None:
    result = record(SCORES)
    gradient = record(torch.ones(2))
    assert isinstance(gradient, Tensor)
    plain = Observation(result)
    assert not agree(plain, Observation(result, changed=("X",)))
    assert not agree(
        Observation(result, gradients={"X": gradient}), Observation(result, gradients={"X": None})
    )
    assert agree(Observation(result, gradients={"X": None}), Observation(result, gradients={"X": None}))
    assert agree(plain, Observation(result, called=("exp",)))
