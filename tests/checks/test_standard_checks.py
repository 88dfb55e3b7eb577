"""The standard checks: which an exercise has, in which order, and what those without other tests judge."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import torch

from grader.checks.case import Case, to_float64
from grader.checks.declaration import exercise
from grader.checks.return_specs import like, list_of, number, scalar, several, tensor
from grader.checks.standard_checks import GPU_CASES
from grader.checks.strategies import tensors
from grader.checks.tolerance import EXACT
from grader.judging.generated_cases import Exam
from grader.records.cotangent import weighted_sum
from grader.records.protocol import Observation
from grader.records.values import Tensor, record
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from grader.checks.exercise import Exercise

FORM = ["right_type", "right_shape", "right_dtype", "right_device"]


def declared(**settings: Any) -> Exercise:  # noqa: ANN401
    base: dict[str, Any] = {"asks": "f(x)", "given": {"x": tensors()}, "returns": like("x"), "points": {}}
    return exercise("f", **{**base, **settings})


def names(**settings: Any) -> list[str]:  # noqa: ANN401
    return [check.name for check in declared(**settings).checks]


def judged(made: Exercise, name: str, seen: Observation, result: object = None) -> str:
    """Return the message of a check; "" if it passes."""
    check = next(check for check in made.checks if check.name == name)
    try:
        check.judge(Case({"x": record(torch.tensor([1.0, 2.0]))}, 3), seen, result)
    except Broken as broken:
        return broken.message
    return ""


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, [*FORM, "leaves_arguments_alone", "gpu_ready"]),
        ({"gpu_ready": False}, [*FORM, "leaves_arguments_alone"]),
        ({"changes_arguments": True}, [*FORM, "gpu_ready"]),
        ({"returns": number()}, ["right_type", "leaves_arguments_alone"]),
        ({"returns": several(number(), tensor())}, [*FORM, "leaves_arguments_alone", "gpu_ready"]),
        (
            {"returns": list_of(tensor())},
            ["right_type", "right_device", "leaves_arguments_alone", "gpu_ready"],
        ),
        ({"oracle": abs}, [*FORM, "leaves_arguments_alone", "right_values", "gpu_ready"]),
        (
            {"oracle": abs, "differentiable": ["x"], "from_scratch": ["abs"]},
            [*FORM, "leaves_arguments_alone", "right_values", "right_gradient", "gpu_ready", "from_scratch"],
        ),
        ({"differentiable": ["x"]}, [*FORM, "leaves_arguments_alone", "gpu_ready"]),
        ({"from_scratch": ["abs"]}, [*FORM, "leaves_arguments_alone", "gpu_ready", "from_scratch"]),
    ],
)
def test_standard_checks_follow_from_the_declaration_in_their_order(
    settings: dict[str, Any], expected: list[str]
) -> None:
    assert names(**settings) == ["is_defined", "accepts_its_arguments", *expected]


def test_each_check_requires_the_one_before_and_the_last_two_the_values() -> None:
    *checks, gpu_ready, from_scratch = declared(oracle=abs, differentiable=["x"], from_scratch=["abs"]).checks
    for below, above in pairwise(checks):
        assert above.after == (below.name,)
    assert gpu_ready.after == from_scratch.after == ("right_values",)
    assert checks[0].after == ()


def test_gpu_ready_uses_few_inputs_and_has_no_points() -> None:
    made = declared(oracle=abs, from_scratch=["abs"], examples=[{"x": torch.ones(2)}])
    check = next(check for check in made.checks if check.name == "gpu_ready")
    assert check.question is not None
    assert (check.bonus, check.points) == (True, 0.0)
    assert check.question.on_simulated_gpu
    assert not check.question.watch_calls
    exam = Exam(1)
    assert exam.cases(check.question) == exam.cases(made.question)[:GPU_CASES]


def test_an_answer_that_other_code_calls_has_no_gpu_ready() -> None:
    assert "gpu_ready" not in names(asks="predicted(f, x)")


def test_gradients_have_a_question_of_their_own_on_the_same_inputs() -> None:
    made = declared(oracle=abs, differentiable=["x"], from_scratch=["abs"])
    gradient = next(check for check in made.checks if check.name == "right_gradient").question
    assert gradient is not None
    assert gradient.inputs_of is made.question
    assert gradient.differentiate == ("x",)
    assert not gradient.watch_calls
    assert made.question.watch_calls
    assert made.question.differentiate == ()


def test_gradients_may_have_inputs_of_their_own() -> None:
    made = declared(
        oracle=abs,
        differentiable=["x"],
        gradient_given={"x": tensors(low=1)},
        examples=[{"x": torch.zeros(2)}],
    )
    gradient = next(check for check in made.checks if check.name == "right_gradient").question
    assert gradient is not None
    cases = Exam(1).cases(gradient)
    assert len(cases) == gradient.cases
    assert all((case.inputs["x"] >= 1).all() for case in cases)


def gradient_seen(*results: torch.Tensor) -> Observation:
    """Return the observation of results that are all a constant times x, with their gradient."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    loss = weighted_sum([factor * x for factor in results], 3)
    (found,) = torch.autograd.grad(loss, x)
    gradient = record(found)
    assert isinstance(gradient, Tensor)
    return Observation(gradients={"x": gradient})


def test_the_gradient_of_several_results_is_that_of_all_of_them() -> None:
    made = declared(
        returns=several(like("x"), like("x")), oracle=lambda x: (2 * x, 5 * x), differentiable=["x"]
    )
    right, swapped = (gradient_seen(*map(torch.tensor, factors)) for factors in ((2.0, 5.0), (5.0, 2.0)))
    assert judged(made, "right_gradient", right) == ""
    assert "the gradient with respect to x is off" in judged(made, "right_gradient", swapped)


def test_a_gradient_that_is_missing_is_named() -> None:
    made = declared(oracle=abs, differentiable=["x"])
    cut = Observation(gradients={"x": None})
    assert judged(made, "right_gradient", cut).startswith("no gradient reaches x: the result is cut off")
    one_of_two = judged(made, "right_gradient", cut, (torch.ones(2), torch.ones(2)))
    assert one_of_two.startswith("no gradient reaches x: a result is cut off")


def test_how_an_answer_works_is_observed() -> None:
    made = declared(from_scratch=["softmax"])
    assert {check.name: check.evidence for check in made.checks if check.evidence} == {
        "from_scratch": "observed"
    }
    assert "softmax" in judged(made, "from_scratch", Observation(called=("softmax",)))


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
    assert judged(made, "right_values", Observation(), (x,)) == "the number of results is 1, expected 2"


def test_oracles_get_float64_whatever_holds_the_tensors() -> None:
    wide = to_float64([torch.ones(1), (torch.ones(1), torch.tensor([1]), "a")])
    assert wide[0].dtype == wide[1][0].dtype == torch.float64
    assert wide[1][1].dtype == torch.int64
    assert wide[1][2] == "a"


def test_statements_name_the_call_and_the_functions() -> None:
    made = declared(from_scratch=["softmax", "torch.optim"])
    by_name = {check.name: check.statement for check in made.checks}
    assert by_name["right_shape"] == "The result of f(x) has the right shape."
    assert (
        by_name["from_scratch"]
        == "f is written from scratch: it doesn't use PyTorch's softmax or torch.optim."
    )
