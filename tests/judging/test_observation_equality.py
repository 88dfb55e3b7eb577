"""Whether two incorrect answers are wrong in the same way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
import torch

from grader.judging.observation_equality import agree, alike, near, said
from grader.records.protocol import Observation, Raised
from grader.records.values import Tensor, record

if TYPE_CHECKING:
    from collections.abc import Callable

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


A, B = torch.ones(2, 3), torch.ones(4, 5)
LEAF = torch.ones(2, requires_grad=True)
LABELS = torch.tensor([0, 1], dtype=torch.int32)


def message(call: Callable[[], object]) -> str:
    """Return what torch or NumPy says about a call that fails."""
    with pytest.raises(Exception, match=r".") as caught:
        call()
    return str(caught.value)


@pytest.mark.parametrize(
    ("what", "calls"),
    [
        (
            "shapes don't fit",
            [
                lambda: A @ B, lambda: A + B, lambda: A.mv(torch.ones(5)), lambda: A.reshape(5),
                lambda: torch.cat((A, B)),
                lambda: torch.stack((A, B)), lambda: torch.dot(torch.ones(2), torch.ones(3)),
                lambda: torch.dot(A, B),
                lambda: A.mm(torch.ones(3)), lambda: A.expand(4, 4), lambda: A.numpy() + B.numpy(),
                lambda: A.numpy() @ B.numpy(),
            ],
        ),
        ("an index is out of range", [lambda: A[2], lambda: A.numpy()[2], lambda: A.sum(dim=3)]),
        ("a leaf is changed in place", [lambda: LEAF.mul_(2), lambda: LEAF[:1].mul_(2)]),
        ("nothing requires a gradient", [lambda: A.sum().backward()]),
        ("NumPy is given what requires a gradient", [LEAF.numpy]),
        ("several elements are taken for one", [lambda: bool(A > 0), A.item, lambda: math.sqrt(A)]),
        ("dtypes don't fit", [lambda: A @ A.T.double(), lambda: torch.ones(2, dtype=torch.int64).add_(0.5)]),
        (
            "an index isn't int64",
            [lambda: torch.nn.functional.one_hot(LABELS), lambda: A.gather(0, LABELS[None].double())],
        ),
        ("out= can't be recorded", [lambda: torch.add(LEAF, LEAF, out=torch.ones(2))]),
        ("a plain number is taken for an array", [lambda: torch.from_numpy(np.maximum(np.float32(1), 0))]),
    ],
)  # fmt: skip
def test_errors_of_libraries_say_the_same_in_whatever_words(
    what: str, calls: list[Callable[[], object]]
) -> None:
    for call in calls:
        assert said(Raised("RuntimeError", message(call), "", inside=True)) == what


def test_names_of_functions_and_addresses_do_not_count() -> None:
    mine = "add.<locals>.inner() missing 1 required positional argument at 0x7f00"
    assert agree(raised(mine), raised("inner() missing 1 required positional argument at 0x7e10"))
    assert not agree(raised(mine), raised("outer() missing 1 required positional argument"))
    assert not agree(raised("name 'a' is not defined"), raised("name 'b' is not defined"))


def test_who_refuses_a_keyword_does_not_count_but_the_keyword_does() -> None:
    mine, theirs = (
        raised(f"{name}() got an unexpected keyword argument 'b'") for name in ("method", "<lambda>")
    )
    assert agree(mine, theirs)
    assert not agree(mine, raised("method() got an unexpected keyword argument 'c'"))


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


def test_numbers_are_near_up_to_half_of_the_digits_of_the_shorter_dtype() -> None:
    double = torch.tensor([1.0, 2.0], dtype=torch.float64)
    assert near(double.float() + 1e-4, double)
    assert not near(double + 1e-4, double)
    assert near(torch.tensor([math.nan, 1.0]), torch.tensor([math.nan, 1.0]))
    assert not near(torch.tensor([math.nan, 1.0]), torch.tensor([math.inf, 1.0]))
    assert not near(double, double[:1])
