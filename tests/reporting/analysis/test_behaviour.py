"""Wrong answers that behave alike are found, whatever their code; others are not taken together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from grader.records.verdict import summarize
from grader.reporting.analysis.answers import answers_of
from grader.reporting.analysis.behaviour import alone, behaviour, clusters_of
from tests.fixtures.reports import COLUMNS, check, report, wrong_softmax

if TYPE_CHECKING:
    from grader.records.verdict import ExerciseResult
    from grader.reporting.analysis.behaviour import Cluster


def failing(**more: object) -> ExerciseResult:
    shown = {"counterexample": "relu(x)", "got": "torch.tensor(1.0)", "message": "off by 1", **more}
    status = shown.pop("status", "failed")
    checks = (check("is_defined", "passed", 0.0), check("right_values", status, **shown))  # type: ignore[arg-type]
    return summarize("relu", "5.1", "mlp", checks)


def found(*results: ExerciseResult) -> list[Cluster]:
    reports = [report(f"s{number}", one) for number, one in enumerate(results)]
    return clusters_of(answers_of(reports, results[:1]))


def test_equal_results_on_equal_inputs_are_alike_up_to_rounding() -> None:
    (one,) = found(failing(), failing(got="torch.tensor(1.000001)"), failing(got="torch.tensor(2.0)"))
    assert [member.submission for member in one.members] == ["s0", "s1"]
    assert one.lost == 2.0
    assert one.checks == {"right_values"}
    assert one.example.counterexample == "relu(x)"


def test_another_input_result_or_complaint_is_another_behaviour() -> None:
    assert found(failing(), failing(counterexample="relu(y)")) == []
    assert found(failing(), failing(got="torch.tensor(3.0)")) == []
    assert found(failing(), failing(message="the shape is (1,)")) == []


def test_exceptions_are_alike_by_their_kind_whatever_they_say_and_wherever_they_are_raised() -> None:
    raised = failing(status="error", got="", message="a.py, line 3, in relu\n    x\nTypeError: no x")
    same = failing(status="error", got="", message="b.py, line 9, in relu\n    y\nTypeError: no y")
    other = failing(status="error", got="", message="b.py, line 9, in relu\n    y\nKeyError: 3")
    assert [len(one.members) for one in found(raised, same, other)] == [2]


def test_what_is_explained_right_or_cannot_be_run_is_in_no_cluster() -> None:
    explained = replace(failing(), misconception=COLUMNS)
    broken = summarize("relu", "5.1", "mlp", (check("is_defined", "error", message="SyntaxError: x"),))
    right = summarize("relu", "5.1", "mlp", (check("right_values", "passed"),))
    assert found(explained, explained) == found(broken, broken) == found(right, right) == []
    assert behaviour(broken) == behaviour(right) == ()


def test_the_largest_cluster_comes_first_and_single_answers_are_counted() -> None:
    results = [failing(), failing(), failing(got="2"), failing(got="2"), failing(got="2"), failing(got="3")]
    answers = answers_of([report(f"s{number}", one) for number, one in enumerate(results)], results[:1])
    clusters = clusters_of(answers)
    assert [len(one.members) for one in clusters] == [3, 2]
    assert alone(answers, clusters) == 1


def test_bonuses_do_not_count() -> None:
    held = wrong_softmax()
    assert [seen[0] for seen in behaviour(held)] == ["right_values"]
