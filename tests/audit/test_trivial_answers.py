"""Trivial answers: what they are, and that an audit reports those that earn points."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import torch

from grader.audit.runner import audit_tasks, run_task
from grader.audit.trivial_answers import filled, returning_methods, trivial_answers, unearned_points
from grader.course.course import load
from grader.course.implementations import implementations
from grader.judging.generated_cases import Exam

if TYPE_CHECKING:
    from tests.fixtures.small_course import WriteCourse

LAWS_ALONE = '''\
"""1.1 Shifting."""

from grader.laws import exercise, like, tensors

shift = exercise("shift", asks="shift(x)", given={"x": tensors()}, returns=like("x"), points={})


@shift.law(points=2)
def it_keeps_the_shape(x, result):
    """shift(x) has the shape of x."""
    assert x.shape == result.shape


@shift.law(points=1, bonus=True)
def it_is_as_large_as_x(x, result):
    """shift(x) has as many elements as x."""
    assert x.numel() == result.numel()
'''


def doubled(x: torch.Tensor, y: int = 1) -> tuple[torch.Tensor, int]:
    """Return twice the arguments, and change x."""
    x *= 2
    return x, 2 * y


class Scaling(torch.nn.Module):
    """Multiplies by a parameter."""

    def __init__(self, factor: float = 2.0) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.tensor(factor))
        self.calls: list[str] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.weight * x

    def note(self, call: str) -> None:
        self.calls.append(call)


def test_functions_return_constants_or_their_arguments() -> None:
    x = torch.tensor([[1.0, 2.0, 3.0, 5.0]])
    found: dict[str, Any] = {name: answer(x, 3) for name, answer in trivial_answers(doubled)}
    assert x.tolist() == [[1.0, 2.0, 3.0, 5.0]]
    assert found["None"] is None
    assert found["first argument"] is x
    assert found["last argument"] == 3
    assert found["first argument for each result"] == (x, x)
    assert found["all arguments"] == (x, 3)
    assert (found["zeros"][0].tolist(), found["zeros"][1]) == ([[0.0] * 4], 0)
    assert found["uniform"][0].tolist() == [[0.25] * 4]
    assert found["nan"][0].isnan().all()
    assert found["identity function"]("any") == "any"


def test_the_first_correct_result_comes_back_for_ever() -> None:
    (answer,) = (one for name, one in trivial_answers(doubled) if name == "first correct result")
    first = torch.tensor([1.0, 2.0])
    for x in (first, torch.zeros(3)):
        assert answer(x)[0].tolist() == [2.0, 4.0]
    assert first.tolist() == [1.0, 2.0]


def test_methods_without_a_result_do_nothing_in_any_class() -> None:
    found = dict(trivial_answers(Scaling, returning={"forward"}))
    with pytest.raises(TypeError):
        found["empty class"](3.0)
    kept = found["methods return zeros"](factor=3.0)
    assert kept.factor == 3.0
    assert not hasattr(kept, "weight")
    model = found["right parameters, methods return ones"](3.0)
    assert model(torch.tensor([5.0])).tolist() == [1.0]
    assert model.weight == 3.0
    assert model.note("a call") is None
    assert model.calls == []


def test_methods_that_return_something_are_read_from_the_source() -> None:
    source = (
        "class A:\n    def one(self):\n        if self:\n            return 1\n"
        "    def none(self):\n        return\n    def other(self): pass\n"
        "class B:\n    def two(self): return 2\n"
    )
    assert returning_methods(source, "A") == {"one"}


def test_results_of_all_types_are_filled() -> None:
    import pandas as pd

    table = pd.DataFrame({"a": [1.5, 2.5], "b": ["x", "y"]})
    value = [torch.ones(2), np.ones(3), True, 4, 2.5, "text", {"key": 7}, None, table, table["a"]]
    zeros = filled(value, torch.zeros_like)
    assert zeros[0].tolist() == [0.0, 0.0]
    assert zeros[1].tolist() == [0.0] * 3
    assert zeros[2:8] == [False, 0, 0.0, "", {"key": 0}, None]
    assert zeros[8].to_dict("list") == {"a": [0.0, 0.0], "b": ["", ""]}
    assert zeros[9].tolist() == [0.0, 0.0]
    with pytest.raises(TypeError):
        filled(object(), torch.zeros_like)


def test_a_law_that_a_trivial_answer_obeys_is_reported_if_it_earns_points(write: WriteCourse) -> None:
    course = load(write({"assignments/ch0/test_shifting.py": LAWS_ALONE}), only=["shift"])
    (reference,) = (one for one in implementations(course) if one.kind == "reference")
    found = list(unearned_points(course, reference, Exam(3, shrinks=False)))
    assert (
        "shift/trivial/first argument: earns 3 of 2 points for it_keeps_the_shape, it_is_as_large_as_x"
        in found
    )
    assert not [line for line in found if "/None:" in line]
    first, second = audit_tasks(course, [3, 4], sandbox=False)
    assert run_task(first).problems == tuple(found)
    assert run_task(second).problems == ()


def test_a_wrong_reference_has_no_trivial_answers(write: WriteCourse) -> None:
    wrong = {"reference/ch0/shifting.py": "def shift(x):\n    raise NotImplementedError\n"}
    (task,) = audit_tasks(load(write(wrong), only=["shift"]), [3], sandbox=False)
    (problem,) = run_task(task).problems
    assert problem.startswith("shift/reference/shifting: fails is_defined")
