"""Statistics of exercises, on classes of which the figures are known."""

from __future__ import annotations

import random

import pytest

from grader.reporting.analysis.answers import answers_of
from grader.reporting.analysis.items import LEAST, correlation, discrimination, failing_checks, items_of
from tests.fixtures.reports import report, result, wrong_softmax


def test_mean_spread_and_difficulty_are_of_those_who_tried() -> None:
    each = [result("relu", 4.0, "correct"), result("relu", 2.0), result("relu", 0.0, "missing")]
    reports = [report(f"s{number}", one) for number, one in enumerate(each)]
    (item,) = items_of(answers_of(reports, each[:1]))
    assert (item.solved, item.mean, item.spread, item.difficulty) == (1, 3.0, 1.0, 0.75)
    assert item.discrimination is None, "two answers say nothing"


def test_nobody_who_tried_is_no_error() -> None:
    (item,) = items_of(answers_of([], [result("relu", 0.0)]))
    assert (item.solved, item.mean, item.spread, item.discrimination) == (0, 0.0, 0.0, None)


def test_the_correlation_is_the_point_biserial_one() -> None:
    passed, rest = [True, True, False, False], [1.0, 0.5, 0.5, 0.0]
    # (mean of those who pass - mean of those who fail) / deviation * sqrt(p q)
    assert correlation(passed, rest) == pytest.approx((0.75 - 0.25) / 0.125**0.5 * 0.5)
    assert correlation([True, True], [0.1, 0.9]) is None
    assert correlation([True, False], [0.5, 0.5]) is None


def drawn(count: int, slope: float) -> tuple[list[bool], list[float]]:
    draw = random.Random(3)
    rest = [draw.random() for _ in range(count)]
    return [draw.random() < 0.5 + slope * (one - 0.5) for one in rest], rest


def test_the_interval_holds_the_value_and_narrows_with_the_class() -> None:
    small, large = discrimination(*drawn(40, 0.9)), discrimination(*drawn(400, 0.9))
    assert small is not None
    assert large is not None
    for one in (small, large):
        assert -1 <= one.low < one.value < one.high <= 1
    assert large.high - large.low < (small.high - small.low) / 2
    assert large.low > 0
    # The error of a correlation is about (1 - r²) / sqrt(n), and the interval is four of these wide.
    width = 4 * (1 - large.value**2) / 400**0.5
    assert large.high - large.low == pytest.approx(width, rel=0.2)


def test_the_same_class_has_the_same_interval() -> None:
    assert discrimination(*drawn(50, 0.5)) == discrimination(*drawn(50, 0.5))


def test_too_few_answers_or_equal_ones_have_no_discrimination() -> None:
    assert discrimination(*drawn(LEAST - 1, 0.5)) is None
    assert discrimination([True] * 30, [number / 30 for number in range(30)]) is None


def test_the_checks_that_most_answers_fail_come_first() -> None:
    reports = [
        report("ada", wrong_softmax()),
        report("bob", wrong_softmax()),
        report("cem", result("relu", 4.0)),
    ]
    found = failing_checks(answers_of(reports, [result("relu", 4.0), wrong_softmax()]))
    assert [(one.heading, one.check, one.failed, one.decided) for one in found] == [
        ("softmax", "right_values", 2, 2)
    ]
    assert found[0].statement == "The law of right_values."
