"""The ladder: which rungs an exercise has, in which order, and what the rungs that stand apart judge."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
import torch

from grader.closeness import EXACT
from grader.exam import Case
from grader.exercise import Exercise, exercise
from grader.ladder import widened
from grader.messages import Observation
from grader.specs import like, list_of, number, scalar, several, tensor
from grader.strategies import tensors
from grader.values import record
from grader.verdict import Broken

FORM = ["right_type", "right_shape", "right_dtype", "right_device"]


def declared(**settings: Any) -> Exercise:  # noqa: ANN401
    base: dict[str, Any] = {"asks": "f(x)", "given": {"x": tensors()}, "returns": like("x"), "points": {}}
    return exercise("f", **{**base, **settings})


def names(**settings: Any) -> list[str]:  # noqa: ANN401
    return [check.name for check in declared(**settings).checks]


def judged(made: Exercise, rung: str, seen: Observation, result: object = None) -> str:
    """Return what a rung says is wrong; empty where nothing is."""
    check = next(check for check in made.checks if check.name == rung)
    try:
        check.judge(Case({"x": record(torch.tensor([1.0, 2.0]))}, 3), seen, result)
    except Broken as broken:
        return broken.message
    return ""


@pytest.mark.parametrize(
    ("settings", "rungs"),
    [
        ({}, [*FORM, "leaves_arguments_alone"]),
        ({"changes_arguments": True}, FORM),
        ({"returns": number()}, ["right_type", "leaves_arguments_alone"]),
        ({"returns": several(number(), tensor())}, [*FORM, "leaves_arguments_alone"]),
        ({"returns": list_of(tensor())}, ["right_type", "right_device", "leaves_arguments_alone"]),
        ({"oracle": abs}, [*FORM, "leaves_arguments_alone", "right_values"]),
        (
            {"oracle": abs, "differentiable": ["x"], "from_scratch": ["abs"]},
            [*FORM, "leaves_arguments_alone", "right_values", "right_gradient", "from_scratch"],
        ),
        ({"differentiable": ["x"]}, [*FORM, "leaves_arguments_alone"]),
        ({"from_scratch": ["abs"]}, [*FORM, "leaves_arguments_alone", "from_scratch"]),
    ],
)
def test_rungs_follow_from_the_declaration_in_their_order(settings: dict[str, Any], rungs: list[str]) -> None:
    assert names(**settings) == ["is_defined", "accepts_its_arguments", *rungs]


def test_each_rung_builds_on_the_one_below_and_from_scratch_on_the_values() -> None:
    checks = declared(oracle=abs, differentiable=["x"], from_scratch=["abs"]).checks
    for below, above in pairwise(checks[:-1]):
        assert above.after == (below.name,)
    assert checks[-1].after == ("right_values",)
    assert checks[0].after == ()


def test_gradients_are_asked_on_the_same_inputs_in_a_question_of_their_own() -> None:
    made = declared(oracle=abs, differentiable=["x"], from_scratch=["abs"])
    gradient = next(check for check in made.checks if check.name == "right_gradient").question
    assert gradient is not None
    assert gradient.inputs_of is made.question
    assert gradient.differentiate == ("x",)
    assert not gradient.watch_calls
    assert made.question.watch_calls
    assert made.question.differentiate == ()


@pytest.mark.parametrize(
    ("called", "used"),
    [
        (("exp", "sum"), ""),
        (("softmax",), "PyTorch's softmax"),
        (("exp", "log_softmax", "softmax"), "PyTorch's log_softmax or softmax"),
        (("softmax2d",), ""),
        (("torch.optim.sgd",), "torch.optim.sgd"),
        (("torch.optim",), "torch.optim"),
        (("torch.optimizer",), ""),
        (("torch.nn.functional",), ""),
    ],
)
def test_what_does_the_exercise_for_one_is_named(called: tuple[str, ...], used: str) -> None:
    made = declared(from_scratch=["softmax", "log_softmax", "torch.optim"])
    said = judged(made, "from_scratch", Observation(called=called))
    assert said == (f"your code calls {used}, which does the exercise for you" if used else "")


def test_changed_arguments_are_named_and_names_of_no_argument_are_not() -> None:
    made = declared()
    assert judged(made, "leaves_arguments_alone", Observation(changed=("answers",))) == ""
    said = judged(made, "leaves_arguments_alone", Observation(changed=("x",)))
    assert said == "your code changed its argument x in place; work on a copy"


def test_several_results_are_compared_one_by_one() -> None:
    made = declared(
        returns=several(like("x"), scalar(dtype_of="x")), oracle=lambda x: (x, x.sum()), tolerance=EXACT
    )
    x = torch.tensor([1.0, 2.0])
    assert judged(made, "right_values", Observation(), (x, torch.tensor(3.0))) == ""
    assert judged(made, "right_values", Observation(), (x, torch.tensor(4.0))).startswith(
        "result 2 of 2 is off"
    )
    assert judged(made, "right_values", Observation(), (x,)) == "1 results came back, expected 2"


def test_oracles_are_asked_in_float64_whatever_holds_the_tensors() -> None:
    wide = widened([torch.ones(1), (torch.ones(1), torch.tensor([1]), "a")])
    assert wide[0].dtype == wide[1][0].dtype == torch.float64
    assert wide[1][1].dtype == torch.int64
    assert wide[1][2] == "a"


def test_statements_name_the_call_and_the_functions() -> None:
    made = declared(from_scratch=["softmax", "torch.optim"])
    by_name = {check.name: check.statement for check in made.checks}
    assert by_name["right_shape"] == "The result of f(x) has the right shape."
    assert (
        by_name["from_scratch"]
        == "f is written from scratch: it doesn't call PyTorch's softmax or torch.optim."
    )
