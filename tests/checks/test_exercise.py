"""Declarations of exercises: the checks that follow from them, and errors in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import torch
from hypothesis import strategies as st

from grader.checks.case import Case
from grader.checks.declaration import exercise
from grader.checks.exercise import DeclarationError, Exercise
from grader.checks.return_specs import like, number, several
from grader.checks.strategies import any_of, tensors
from grader.datasets import training_data
from grader.judging.generated_cases import Exam
from grader.records.expression import ExpressionError
from grader.records.protocol import Observation
from grader.records.values import record
from grader.records.verdict import Broken

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def declared(**settings: Any) -> Exercise:  # noqa: ANN401
    """Declare twice a vector."""
    given = {"x": tensors(dims=(1, 1)), "n": any_of(1, 2)}
    base: dict[str, Any] = {"asks": "double(x)", "given": given, "returns": like("x"), "points": {}}
    return exercise("double", **{**base, **settings})


def judge(made: Exercise, name: str, result: object, **inputs: object) -> None:
    """Have one check judge a result."""
    check = next(check for check in made.checks if check.name == name)
    case = Case({key: record(value) for key, value in inputs.items()}, 0)
    check.judge(case, Observation(record(result)), result)


def test_points_and_hints_go_to_their_standard_checks() -> None:
    made = declared(
        oracle=lambda x, n: 2 * x,
        points={"right_values": 3, "right_shape": 0.5},
        hints={"right_shape": "Flat?"},
    )
    assert made.max_points == 3.5
    by_name = {check.name: check for check in made.checks}
    assert (by_name["right_shape"].points, by_name["right_shape"].hint) == (0.5, "Flat?")
    assert by_name["right_type"].points == 0


def test_an_exercise_is_found_under_its_name_and_its_other_spellings() -> None:
    assert declared(spellings=["Trainer.double"]).spellings == ("double", "Trainer.double")


def test_lines_are_those_of_the_declaration() -> None:
    made = declared()

    @made.law()
    def it_holds(y: torch.Tensor) -> None:
        """It holds."""

    assert made.checks[-1].line > made.line > 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"asks": "twice(x)"}, r"`twice\(x\)` doesn't mention double"),
        ({"points": {"right_values": 1}}, "double has no standard check right_values; it has is_defined, "),
        ({"hints": {"right_valves": "?"}}, "double has no standard check right_valves"),
    ],
)
def test_an_inconsistent_declaration_is_refused(settings: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        declared(**settings)


def test_what_is_asked_must_be_an_expression() -> None:
    with pytest.raises((ExpressionError, SyntaxError)):
        declared(asks="double(x")
    with pytest.raises(ExpressionError, match="is not a Python expression"):
        declared().law(asks="y = double(x)")
    with pytest.raises(ExpressionError, match="is not a Python expression"):
        declared().trains(band="b", asks="double(", returns=number())


def unexplained(y: torch.Tensor) -> None:
    pass


def blind(x: torch.Tensor) -> None:
    """It looks at the input alone."""


def right_type(y: torch.Tensor) -> None:
    """It has the name of a standard check."""


@pytest.mark.parametrize(
    ("law", "settings", "said"),
    [
        (unexplained, {}, "The law unexplained of double needs a docstring"),
        (blind, {}, "The law blind looks at no result"),
        (right_type, {}, "double has two checks named right_type"),
        (right_type, {"after": ["right_type"]}, "double has two checks named right_type"),
    ],
)
def test_a_malformed_law_is_refused(law: Callable[..., None], settings: dict[str, Any], said: str) -> None:
    with pytest.raises(DeclarationError, match=said):
        declared().law(**settings)(law)


def test_a_prerequisite_must_be_declared_before_the_law() -> None:
    made = declared()

    def it_holds(y: torch.Tensor) -> None:
        """It holds."""

    with pytest.raises(DeclarationError, match="builds on later, which isn't declared before it"):
        made.law(after=["later"])(it_holds)


def test_a_law_gets_the_inputs_it_names_and_the_result() -> None:
    made, seen = declared(), []

    @made.law()
    def it_sees(y: torch.Tensor, n: int) -> None:
        """It sees."""
        seen.append((y.tolist(), n))

    judge(made, "it_sees", torch.ones(2), x=torch.zeros(2), n=3)
    assert seen == [([1.0, 1.0], 3)]


def test_a_law_with_several_results_gets_the_members_of_a_tuple_in_order() -> None:
    made, seen = declared(), []

    @made.law(asks="(double(x), n)", returns=several(like("x"), number()))
    def it_sees(first: torch.Tensor, x: torch.Tensor, second: int) -> None:
        """It sees."""
        seen.append((first.tolist(), x.tolist(), second))

    judge(made, "it_sees", (torch.ones(1), 5), x=torch.zeros(1), n=3)
    assert seen == [([1.0], [0.0], 5)]


def test_a_failed_assertion_breaks_the_law_and_shows_the_result() -> None:
    made = declared()

    @made.law()
    def it_breaks(y: torch.Tensor) -> None:
        """It breaks."""
        raise AssertionError("because")

    with pytest.raises(Broken, match="because") as caught:
        judge(made, "it_breaks", torch.ones(1), x=torch.zeros(1), n=1)
    assert caught.value.got.tolist() == [1.0]


def test_laws_share_the_exercises_question_unless_they_declare_another() -> None:
    made = declared(cases=9)

    @made.law()
    def it_shares(y: torch.Tensor) -> None:
        """It shares."""

    @made.law(cases=4)
    def it_asks_less(y: torch.Tensor) -> None:
        """It asks less."""

    @made.law(given={"z": st.just(3)}, asks="double(z)", returns=number(), examples=[{"z": 4}])
    def it_asks_otherwise(y: float) -> None:
        """It asks otherwise."""

    shares, asks_less, asks_otherwise = made.checks[-3:]
    assert shares.question is made.question
    assert shares.after == ("leaves_arguments_alone",)
    assert asks_less.question is not None
    assert (asks_less.question.cases, asks_less.question.given) == (4, made.question.given)
    assert asks_otherwise.question is not None
    assert asks_otherwise.after == ("accepts_its_arguments",)
    cases = Exam(1).cases(asks_otherwise.question)
    assert [case.inputs["z"] for case in cases] == [4, 3]
    names = [check.question.name for check in (shares, asks_less, asks_otherwise) if check.question]
    assert len(set(names)) == 3


def test_a_law_beyond_the_book_is_a_bonus_after_the_values() -> None:
    made = declared(oracle=lambda x, n: x, points={"right_values": 2})

    @made.beyond_the_book()
    def it_is_more(y: torch.Tensor) -> None:
        """It is more."""

    bonus = made.checks[-1]
    assert (bonus.bonus, bonus.points, bonus.after) == (True, 1.0, ("right_values",))
    assert made.max_points == 2


def test_statements_are_one_line() -> None:
    made = declared()

    @made.law()
    def it_says_much(y: torch.Tensor) -> None:
        """It says
        much.
        """

    assert made.checks[-1].statement == "It says much."


@pytest.fixture
def trained(tmp_path: Path) -> Exercise:
    """An exercise with a training check, its band from 1 to 2 on the subset."""
    path = tmp_path / "test_section.py"
    (tmp_path / "bands.json").write_text(json.dumps({"final_loss": {"subset": {"low": 1, "high": 2}}}))
    scope: dict[str, Any] = {}
    code = 'def ends_well(figure):\n    """It ends well."""\n    return figure\n'
    exec(compile(code, str(path), "exec"), scope)  # noqa: S102 - the text above
    made = declared()
    made.trains(band="final_loss", asks="double(1.5)", returns=number(), points=2)(scope["ends_well"])
    return made


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (1.0, None),
        (2.0, None),
        (0.9999, "final loss ended at 0.9999, below the band of 1 to 2"),
        (2.5, "final loss ended at 2.5, above the band of 1 to 2"),
        (float("nan"), "final loss ended at nan, not in the band of 1 to 2"),
        (float("inf"), "final loss ended at inf, above the band"),
    ],
)
def test_a_trained_figure_must_end_within_its_band(
    trained: Exercise, figure: float, said: str | None
) -> None:
    assert training_data.size_in_use() == "subset"
    if said is None:
        judge(trained, "ends_well", figure)
        return
    with pytest.raises(Broken) as caught:
        judge(trained, "ends_well", figure)
    assert caught.value.message.startswith(said)


def test_training_comes_after_every_base_check_and_is_asked_once(trained: Exercise) -> None:
    *others, training = trained.checks
    assert training.after == tuple(check.name for check in others if not check.bonus)
    assert training.question is not None
    assert len(Exam(1).cases(training.question)) == 1
