"""Specs: the problem with the type, shape, dtype or device of a result, or None."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import torch

from grader.checks.return_specs import (
    array,
    boolean,
    like,
    list_of,
    number,
    scalar,
    series,
    several,
    table,
    tensor,
    text,
)
from grader.checks.spec_types import describe
from grader.records.values import Tensor, record

if TYPE_CHECKING:
    from grader.checks.spec_types import Spec

INPUTS = {"X": torch.zeros(2, 3), "n": 4}
METHODS = ("type_problem", "shape_problem", "dtype_problem", "device_problem")


def problems(spec: Spec, thing: object, **inputs: Any) -> tuple[str, str] | None:  # noqa: ANN401
    """Return the first method that finds a problem, and the problem."""
    value = record(thing)
    for question in METHODS:
        context = "cpu" if question == "device_problem" else {**INPUTS, **inputs}
        said = getattr(spec, question)(value, context)
        if said is not None:
            return question, said
    return None


@pytest.mark.parametrize(
    ("spec", "right"),
    [
        (like("X"), torch.ones(2, 3)),
        (tensor(), torch.ones(7, dtype=torch.int32)),
        (tensor(lambda inputs: inputs["X"].shape[:1]), torch.ones(2)),
        (tensor(lambda inputs: [inputs["n"], 1]), torch.ones(4, 1)),  # type: ignore[arg-type, return-value]
        (tensor(dtype="int64"), torch.tensor([1])),
        (tensor(dtype=("float32", "float64")), torch.ones(2, dtype=torch.float64)),
        (tensor(dtype_of="X"), torch.ones(())),
        (scalar(dtype_of="X"), torch.tensor(1.0)),
        (number(), 3),
        (number(), 3.5),
        (boolean(), False),
        (text(), ""),
        (array(), np.ones(2)),
        (array(lambda inputs: inputs["X"].shape, dtype="float64"), np.ones((2, 3))),
        (table(), pd.DataFrame({"a": [1]})),
        (series(), pd.Series([1])),
        (several(number(), like("X")), (1, torch.ones(2, 3))),
        (several(number(), like("X")), [1, torch.ones(2, 3)]),
        (list_of(like("X")), []),
        (list_of(like("X")), (torch.ones(2, 3), torch.zeros(2, 3))),
    ],
)
def test_a_matching_value_has_no_problem(spec: Spec, right: object) -> None:
    assert problems(spec, right) is None


@pytest.mark.parametrize(
    ("spec", "wrong", "question", "said"),
    [
        (
            like("X"),
            None,
            "type_problem",
            "a torch.Tensor was expected, None (is a `return` missing?) came back",
        ),
        (like("X"), [[1.0]], "type_problem", "a torch.Tensor was expected, a list of 1 came back"),
        (
            like("X"),
            torch.ones(3, 2),
            "shape_problem",
            "the shape is (3, 2), expected (2, 3): is it transposed?",
        ),
        (like("X"), torch.ones(2), "shape_problem", "the shape is (2,), expected (2, 3)"),
        (
            tensor(lambda _: (2, 1)),
            torch.ones(2),
            "shape_problem",
            "the shape is (2,), expected (2, 1): did a sum or an index drop an axis?",
        ),
        (
            scalar(dtype_of="X"),
            torch.ones(1),
            "shape_problem",
            "the shape is (1,), expected (): is there an axis of length 1 too many?",
        ),
        (
            like("X"),
            torch.ones(2, 3, dtype=torch.int64),
            "dtype_problem",
            "the dtype is torch.int64, expected torch.float32",
        ),
        (
            tensor(dtype=("float32", "float64")),
            torch.ones(1, dtype=torch.float16),
            "dtype_problem",
            "the dtype is torch.float16, expected torch.float32 or torch.float64",
        ),
        (
            like("X"),
            torch.empty(2, 3, device="meta"),
            "device_problem",
            "the result is on meta, the arguments are on cpu",
        ),
        (number(), True, "type_problem", "a number was expected, a Python bool came back"),
        (number(), torch.tensor(1.0), "type_problem", "a number was expected, a torch.Tensor came back"),
        (boolean(), 1, "type_problem", "True or False was expected, a Python int came back"),
        (text(), None, "type_problem", "a string was expected, None (is a `return` missing?) came back"),
        (table(), pd.Series([1]), "type_problem", "a pandas DataFrame was expected, a Series came back"),
        (series(), {}, "type_problem", "a pandas Series was expected, a dict came back"),
        (
            several(number(), number()),
            (1,),
            "type_problem",
            "a tuple of 2 was expected, a tuple of 1 came back",
        ),
        (
            several(number(), number()),
            torch.ones(2),
            "type_problem",
            "a tuple of 2 was expected, a torch.Tensor came back",
        ),
        (
            several(number(), like("X")),
            (1, torch.ones(3)),
            "shape_problem",
            "result 2 of 2: the shape is (3,), expected (2, 3)",
        ),
        (
            several(like("X"), like("X")),
            (torch.ones(2, 3), torch.empty(2, 3, device="meta")),
            "device_problem",
            "result 2 of 2: the result is on meta, the arguments are on cpu",
        ),
        (array(), torch.ones(2), "type_problem", "a NumPy array was expected, a torch.Tensor came back"),
        (
            array(lambda _inputs: (2, 3)),
            np.ones((3, 2)),
            "shape_problem",
            "the shape is (3, 2), expected (2, 3): is it transposed?",
        ),
        (
            array(dtype="float64"),
            np.ones(2, dtype=np.float32),
            "dtype_problem",
            "the dtype is float32, expected float64",
        ),
        (list_of(number()), 1, "type_problem", "a list was expected, a Python int came back"),
        (
            list_of(number()),
            [1, "a"],
            "type_problem",
            "item 1: a number was expected, a Python str came back",
        ),
        (
            list_of(like("X")),
            [torch.ones(2, 3), torch.ones(1)],
            "type_problem",
            "item 1: the shape is (1,), expected (2, 3)",
        ),
        (
            list_of(like("X")),
            [torch.ones(2, 3).double()],
            "type_problem",
            "item 0: the dtype is torch.float64, expected torch.float32",
        ),
        (
            list_of(like("X")),
            [torch.empty(2, 3, device="meta")],
            "device_problem",
            "item 0: the result is on meta, the arguments are on cpu",
        ),
    ],
)
def test_a_problem_is_reported_by_the_check_that_it_belongs_to(
    spec: Spec, wrong: object, question: str, said: str
) -> None:
    assert problems(spec, wrong) == (question, said)
    assert f"right_{question.removesuffix('_problem')}" in spec.standard_checks


def test_a_result_belongs_on_the_device_of_the_arguments() -> None:
    """In the grader inputs are on the CPU, whatever the student's device is."""
    far = Tensor("float32", (2, 3), "cuda:0", b"")
    assert like("X").device_problem(far, "cuda:0") is None
    assert like("X").device_problem(far, "cpu") == "the result is on cuda:0, the arguments are on cpu"


def test_a_dtype_may_be_that_of_a_list_of_tensors() -> None:
    spec = tensor(dtype_of="both")
    both = [torch.zeros(1, dtype=torch.float64), torch.zeros(2, dtype=torch.float64)]
    wrong = ("dtype_problem", "the dtype is torch.float32, expected torch.float64")
    assert problems(spec, torch.ones(1), both=both) == wrong


def test_the_checks_of_several_results_are_those_of_any_of_them_in_order() -> None:
    assert several(number(), text()).standard_checks == ("right_type",)
    assert several(number(), like("X")).standard_checks == (
        "right_type",
        "right_shape",
        "right_dtype",
        "right_device",
    )
    assert list_of(number()).standard_checks == ("right_type",)


def test_every_kind_of_value_has_a_name() -> None:
    things = [None, 1, 1.5, True, "a", (1, 2), {}, np.ones(1), object()]
    assert [describe(record(thing)) for thing in things] == [
        "None (is a `return` missing?)",
        "a Python int",
        "a Python float",
        "a Python bool",
        "a Python str",
        "a tuple of 2",
        "a dict",
        "a NumPy array",
        "an object of type object",
    ]
