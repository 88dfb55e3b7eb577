"""Checks that may be broken are flagged, each for its reason; sound ones are not."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.records.verdict import summarize
from grader.reporting.analysis.alarms import LEAST, alarms_of
from grader.reporting.analysis.answers import answers_of
from tests.fixtures.reports import COLUMNS, check, report, result
from tests.fixtures.synthetic_class import BROKEN, synthetic_class

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grader.records.verdict import ExerciseResult
    from grader.reporting.analysis.alarms import Alarm

RIGHT = summarize("relu", "5.1", "mlp", (check("right_values", "passed"),))


def wrong(got: str) -> ExerciseResult:
    """An answer to `relu` that is wrong in its own way."""
    failed = check("right_values", "failed", counterexample="relu(x)", got=got, message="off")
    return summarize("relu", "5.1", "mlp", (failed,))


def alarms(relu: Sequence[ExerciseResult], rest: Callable[[int], float]) -> list[Alarm]:
    """The flags in a class with these answers, and these points in another exercise."""
    reports = [report(f"s{number}", one, result("tanh", rest(number))) for number, one in enumerate(relu)]
    return alarms_of(answers_of(reports, [RIGHT, result("tanh", 4.0)]))


def rising(number: int) -> float:
    return number % 40 / 10


def test_a_check_that_strong_students_fail_is_flagged() -> None:
    relu = [wrong(f"{number}") if number >= 28 else RIGHT for number in range(40)]
    (found,) = alarms(relu, rising)
    assert (found.check.name, found.failed, found.decided) == ("right_values", 12, 40)
    assert found.reasons[0].startswith("10 of the 10 answers whose authors have most points")


def test_a_check_that_nobody_passes_is_flagged() -> None:
    (found,) = alarms([wrong(f"{number}") for number in range(LEAST)], rising)
    assert (found.failed, found.decided) == (LEAST, LEAST)


def test_a_check_that_discriminates_negatively_is_flagged() -> None:
    """Though most of the strong pass it."""
    draw = random.Random(5)
    relu = [wrong(f"{number}") if draw.random() < number / 850 else RIGHT for number in range(400)]
    (found,) = alarms(relu, lambda number: number / 100)
    assert [reason[:30] for reason in found.reasons] == ["Those who pass it have fewer po"[:30]]


def test_a_check_of_which_all_failures_are_alike_is_flagged() -> None:
    relu = [wrong("7") if number % 5 == 0 else RIGHT for number in range(60)]
    (found,) = alarms(relu, rising)
    assert found.reasons == (
        "12 of the 12 answers that fail it behave alike, and no misconception explains that.",
    )


def test_one_that_a_misconception_explains_is_not() -> None:
    held = replace(wrong("7"), misconception=COLUMNS)
    assert alarms([held if number % 5 == 0 else RIGHT for number in range(60)], rising) == []


def test_a_hard_check_is_not_flagged() -> None:
    """The weak fail it, each in another way."""
    assert alarms([wrong(f"{number}") if number < 28 else RIGHT for number in range(40)], rising) == []


@pytest.mark.parametrize("count", [LEAST - 1, 5])
def test_nothing_is_flagged_in_a_small_class(count: int) -> None:
    assert alarms([wrong("7")] * count, rising) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_in_a_class_of_four_hundred_the_planted_check_is_flagged_and_no_other(seed: int) -> None:
    planted = synthetic_class(400, seed)
    (found,) = alarms_of(answers_of(planted.reports, planted.exercises))
    assert (found.answers.exercise.name, found.check.name) == (BROKEN, "right_values")
    assert found.check.got == "torch.tensor(0.6931)"
