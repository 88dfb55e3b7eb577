"""What is said of results that differ from right ones: of their type, dtype, shape, numbers and gradients."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import torch

from grader.judging.complaints import COMPLAINTS_EXPLAINED
from grader.judging.differences import Pair, difference
from grader.judging.observation_equality import COMPLAINTS
from grader.records.protocol import Observation, Raised
from grader.records.values import Tensor, record

if TYPE_CHECKING:
    from collections.abc import Callable

MATRICES = [
    torch.tensor([[1.5, -2.0, 3.0], [0.5, 7.0, -1.0]]),
    torch.tensor([[2.5, 1.0], [-4.0, 0.25], [9.0, 3.5], [1.25, -6.0]], dtype=torch.float64),
    torch.tensor([[3.5, 8.0, 1.0, -2.75]]),
    torch.tensor([[0.75], [5.5], [-1.5]], dtype=torch.float64),
    torch.tensor([[0.75, 2.0], [5.5, -1.5]]),
]
NUMPY = "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
OUT = "add(): functions with out=... arguments don't support automatic differentiation, but one of the"
LEAF = "a leaf Variable that requires grad is being used in an in-place operation."


def seen(result: Any, gradient: torch.Tensor | None = None, **more: Any) -> Observation:  # noqa: ANN401
    kept = record(gradient) if gradient is not None else None
    assert kept is None or isinstance(kept, Tensor)
    return Observation(result=record(result), gradients={"A": kept}, **more)


def named(got: Callable[[torch.Tensor], Observation]) -> str:
    """Return what distinguishes wrong results from right ones, which are twice the argument."""
    pairs = [Pair(got(a), seen(2 * a, torch.full_like(a, 2)), {"A": a}) for a in MATRICES]
    found = difference(pairs)
    return found.id if found else ""


@pytest.mark.parametrize(
    ("got", "name"),
    [
        (lambda a: seen(2 * a, torch.full_like(a, 2)), ""),
        (lambda a: seen((2 * a).double(), torch.full_like(a, 2)), "comes-out-as-float64"),
        (lambda a: seen((2 * a).reshape(-1), torch.full_like(a, 2)), "flattened"),
        (lambda a: seen((2 * a).T, torch.full_like(a, 2)), "transposed"),
        (lambda a: seen((2 * a)[None], torch.full_like(a, 2)), "one-axis-more"),
        (lambda a: seen((2 * a).numpy(), None), "array-for-tensor"),
        (lambda a: seen(2 * a), "cut-off-from-its-arguments"),
        (lambda a: seen(2 * a, torch.zeros_like(a)), "cut-off-from-its-arguments"),
        (lambda a: seen(2 * a, torch.full_like(a, -2)), "gradient-wrong-sign"),
        (lambda a: seen(2 * a, torch.full_like(a, 2), changed=("A",)), "changes-A"),
        (lambda a: seen(4 * a, torch.full_like(a, 4)), "twice-as-large"),
        (lambda a: seen(a, torch.ones_like(a)), ""),  # half as large, and what was given
        (lambda a: seen((4 * a).double(), torch.full_like(a, 4)), "comes-out-as-float64-and-twice-as-large"),
        (lambda a: seen((a.sin()).double(), None), ""),
        (lambda a: seen("a word"), ""),
    ],
)
def test_what_is_seen_is_said(got: Callable[[torch.Tensor], Observation], name: str) -> None:
    assert named(got) == name


def test_where_parts_of_a_result_are_right_only_the_others_are_spoken_of() -> None:
    wrong = [Pair(seen((2 * a, 4 * a)), seen((2 * a, 2 * a)), {"A": a}) for a in MATRICES]
    both = [Pair(seen((4 * a, 4 * a)), seen((2 * a, 2 * a)), {"A": a}) for a in MATRICES]
    of_one, of_both = difference(wrong), difference(both)
    assert of_one is not None
    assert of_both is not None
    assert of_one.id == of_both.id == "twice-as-large"
    assert (
        of_one.explanation
        == f"Some parts of the result are right. Of the others holds: {of_both.explanation}"
    )


def test_of_a_dtype_that_is_wrong_now_and_then_no_more_is_said() -> None:
    pairs = [
        Pair(seen((2 * a).double() if a is MATRICES[0] else 2 * a), seen(2 * a), {"A": a}) for a in MATRICES
    ]
    found = difference(pairs)
    assert found is not None
    assert found.explanation.startswith("Some of your results come out as float64 where float32 belongs.")


def test_a_single_number_in_a_matrix_is_said_to_be_one() -> None:
    pairs = [Pair(seen(a.sum()[None, None]), seen(a.sum()), {"A": a}) for a in MATRICES]
    found = difference(pairs)
    assert found is not None
    assert found.id == "a-matrix-of-one-number"


def test_what_is_changed_now_and_then_is_not_said_to_stay() -> None:
    want = Observation(result=record(None), changed=("A",))
    pairs = [
        Pair(Observation(result=record(None), changed=("A",) if n % 2 else ()), want, {"A": a})
        for n, a in enumerate(MATRICES)
    ]
    assert difference(pairs) is None


def test_each_complaint_that_has_a_text_is_one_that_exceptions_are_compared_by() -> None:
    assert COMPLAINTS_EXPLAINED.keys() <= COMPLAINTS.keys()


def raised(message: str) -> Observation:
    return Observation(raised=Raised("RuntimeError", message, "", inside=True))


def test_an_answer_that_always_raises_is_told_what_the_error_is_about_if_that_can_be_said() -> None:
    assert named(lambda _a: raised(NUMPY)) == "numpy-for-what-requires-a-gradient"
    assert named(lambda _a: raised(OUT)) == "writes-into-out"
    assert named(lambda _a: raised("the printer is on fire")) == ""


def test_what_is_wrong_where_nothing_is_raised_is_told_beside_a_complaint() -> None:
    def cut_off(a: torch.Tensor) -> Observation:
        return raised(OUT) if a.shape == (1, 4) else seen(2 * a)

    def wrong(a: torch.Tensor) -> Observation:
        return raised(OUT) if a.shape == (1, 4) else seen(a.sin())

    assert named(cut_off) == "writes-into-out-and-cut-off-from-its-arguments"
    assert named(wrong) == ""


def test_no_text_of_the_answers_process_is_said() -> None:
    """It could hold secret inputs: the name of an exception, or of an argument that it claims was changed."""
    message = Raised("Input37", "", "", inside=True)
    wide = [torch.ones(n, m) for n in range(1, 6) for m in range(1, 6)]
    pairs = [
        Pair(Observation(raised=message) if len(a) != a.shape[1] else seen(a), seen(a), {"A": a})
        for a in wide
    ]
    found = difference(pairs)
    assert found is not None
    assert found.id == "wrong-where-A-is-not-square"
    assert "Input37" not in found.explanation
    assert difference([pair._replace(direct=False) for pair in pairs]) is None
    forged = [Pair(seen(a, changed=("A37",)), seen(a), {"A": a}) for a in wide]
    assert difference(forged) is None


def test_a_leaf_that_torch_protects_is_an_argument_that_is_changed() -> None:
    def got(a: torch.Tensor) -> Observation:
        if a.dtype == torch.float64:
            return raised(LEAF)
        return seen(2 * a, torch.full_like(a, 2), changed=("A",))

    assert named(got) == "changes-A"
    assert named(lambda _a: raised(LEAF)) == ""


def test_an_argument_that_should_change_and_does_not_is_told() -> None:
    pairs = [Pair(seen(a), seen(2 * a, changed=("A",)), {"A": a}) for a in MATRICES]
    found = difference(pairs)
    assert found is not None
    assert found.id == "leaves-A-unchanged"


def test_only_the_parts_that_differ_are_compared() -> None:
    pairs = [Pair(seen((a, -a.abs())), seen((a, a.abs())), {"A": a}) for a in MATRICES]
    found = difference(pairs)
    assert found is not None
    assert found.id == "wrong-sign"


@pytest.mark.parametrize(
    ("got", "name"),
    [
        (["train", "step"], "something-is-missing"),
        (["train", "step", "step", "eval"], "something-too-much"),
        (["step", "train", "eval"], "in-another-order"),
        (["train", "step", "test"], ""),
        (["eval"], ""),  # too little is left to say that the rest is right
        (["step", "train"], ""),
        ([], ""),
    ],
)
def test_lists_of_right_items_are_said_to_lack_some_or_to_have_too_many(got: list[str], name: str) -> None:
    found = difference([Pair(seen({"calls": got}), seen({"calls": ["train", "step", "eval"]}), {})])
    assert (found.id if found else "") == name


def test_arguments_are_spoken_of_only_where_the_answer_was_called_with_them() -> None:
    pairs = [Pair(seen(a), seen(a.sin()), {"A": a}) for a in MATRICES]
    found = difference(pairs)
    assert found is not None
    assert found.id == "hands-back-A"
    assert difference([pair._replace(direct=False) for pair in pairs]) is None


def test_where_the_reference_fails_nothing_is_said() -> None:
    assert difference([Pair(seen(a), raised("out of memory"), {"A": a}) for a in MATRICES]) is None
