"""Who tried an exercise, and how strong they are in the others."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from grader.reporting.analysis.answers import REMOVED, answers_of, failures
from grader.reporting.report import unreadable, wrong_assignment
from tests.fixtures.reports import CONTEXT, report, result, wrong_softmax

RELU = result("relu", 4.0, "correct")
TANH = result("tanh", 1.0)
LEFT_OUT = result("relu", 0.0, "missing")


def test_who_left_it_out_and_what_cannot_be_read_are_apart() -> None:
    reports = [
        report("ada", RELU, TANH),
        report("bob", LEFT_OUT, TANH),
        unreadable("cem", CONTEXT, [wrong_softmax()], "It is no notebook."),
        wrong_assignment(report("dan", LEFT_OUT, LEFT_OUT), "It is another course's."),
    ]
    relu, tanh = answers_of(reports, [RELU, TANH])
    assert [one.submission for one in relu.tried] == ["ada"]
    assert (relu.missing, relu.unreadable) == (1, 1)
    assert [one.submission for one in tanh.tried] == ["ada", "bob"]
    assert relu.key == ("mlp", "relu")


def test_the_rest_is_the_share_of_the_points_in_all_other_exercises() -> None:
    relu, tanh = answers_of([report("ada", RELU, TANH)], [RELU, TANH])
    assert [relu.tried[0].rest, tanh.tried[0].rest] == [0.25, 1.0]
    assert [relu.tried[0].share, tanh.tried[0].share] == [1.0, 0.25]
    assert relu.tried[0].is_correct
    assert not tanh.tried[0].is_correct
    (alone,) = answers_of([report("ada", RELU)], [RELU])
    assert alone.tried[0].rest == 0.0


def test_results_without_a_name_count() -> None:
    (relu,) = answers_of([report("ada", RELU)], [RELU], [[RELU]])
    assert [one.submission for one in relu.tried] == ["ada", REMOVED]


@pytest.mark.parametrize("status", ["passed", "blocked", "skipped", "not_judged"])
def test_what_did_not_fail_by_itself_is_no_failure(status: str) -> None:
    held = wrong_softmax()
    assert [check.name for check in failures(held)] == ["right_values"], "not the bonus that fails, too"
    other = [replace(check, status=status) for check in held.checks]
    assert failures(replace(held, checks=tuple(other))) == []
