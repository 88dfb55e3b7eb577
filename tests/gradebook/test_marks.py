"""From events to marks: which attempt counts, lateness, excuses, dropped sections, adjustments, rounding."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.events import Adjustment, Excuse, Extension, Seen, Undo
from grader.gradebook.marks import Mark, Rules, days_late, mark_of, penalty_for, rounded
from tests.fixtures.events import DUE, attempt, events

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from grader.gradebook.events import Content


def mark(*contents: Content, deadlines: Mapping[str, datetime] | None = None, **policy: object) -> Mark:
    rules = Rules(policy=MarkPolicy(**policy), deadlines=deadlines or {})  # type: ignore[arg-type]
    return mark_of("alice", events(*contents), rules)


def value(
    *contents: Content, deadlines: Mapping[str, datetime] | None = None, **policy: object
) -> float | None:
    found = mark(*contents, deadlines=deadlines, **policy).value
    return None if found is None else float(found)


def test_without_a_policy_the_mark_is_the_points_of_the_last_attempt() -> None:
    assert value(*attempt("A", {"mlp": 7}), *attempt("B", {"mlp": 4})) == 4


@pytest.mark.parametrize(("policy", "points"), [("last", 4), ("first", 5), ("best", 7)])
def test_the_policy_says_which_attempt_counts(policy: str, points: float) -> None:
    three: list[Content] = [*attempt("A", {"mlp": 5}), *attempt("B", {"mlp": 7}), *attempt("C", {"mlp": 4})]
    assert value(*three, attempt=policy) == points


def test_what_is_handed_in_again_is_the_last_attempt_again() -> None:
    again: list[Content] = [*attempt("A", {"mlp": 7}), *attempt("B", {"mlp": 4}), Seen(content="A")]
    assert value(*again) == 7
    assert [one.content for one in mark(*again).attempts] == ["B", "A"]


def test_times_decide_the_order_of_attempts_not_the_order_of_events() -> None:
    early, late = DUE - timedelta(days=3), DUE - timedelta(days=2)
    assert value(*attempt("B", {"mlp": 4}, submitted=late), *attempt("A", {"mlp": 7}, submitted=early)) == 4


def test_an_attempt_that_is_graded_again_has_its_new_points() -> None:
    assert value(*attempt("A", {"mlp": 4}), attempt("A", {"mlp": 9})[1]) == 9


def test_nothing_handed_in_is_no_mark_and_not_zero() -> None:
    assert value() is None
    assert value(Extension(reason="ill", days=2)) is None


LATE = {"late_penalty": (10.0, 20.0), "late_cap": 50.0}


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (timedelta(minutes=-1), 0),
        (timedelta(0), 0),
        (timedelta(minutes=1), 10),
        (timedelta(days=1), 10),
        (timedelta(days=1, minutes=1), 30),
        (timedelta(days=3), 50),
        (timedelta(days=30), 50),
    ],
)
def test_each_started_day_costs_its_step_up_to_the_cap(late: timedelta, penalty: int) -> None:
    found = mark(*attempt("A", {"mlp": 10}, submitted=DUE + late), deadlines={"mlp": DUE}, **LATE)
    assert found.value == 10 - Fraction(penalty, 10)
    assert found.penalty == Fraction(penalty, 10)


def test_grace_is_not_late_and_after_it_lateness_counts_from_the_deadline() -> None:
    policy = MarkPolicy(grace_minutes=15)
    assert days_late(DUE + timedelta(minutes=15), DUE, policy) == 0
    assert days_late(DUE + timedelta(minutes=16), DUE, policy) == 1
    assert days_late(DUE + timedelta(days=1), DUE, policy) == 1


def test_without_a_penalty_deadlines_are_information() -> None:
    late = attempt("A", {"mlp": 10}, submitted=DUE + timedelta(days=9))
    assert value(*late, deadlines={"mlp": DUE}) == 10
    assert value(*late, deadlines={"mlp": DUE}, **LATE) == 5


def test_what_nobody_knows_the_time_of_is_in_time() -> None:
    assert value(*attempt("A", {"mlp": 10}), deadlines={"mlp": DUE}, **LATE) == 10


def test_a_deadline_that_moves_takes_its_penalty_along() -> None:
    late = attempt("A", {"mlp": 10}, submitted=DUE + timedelta(hours=30))
    assert value(*late, deadlines={"mlp": DUE}, **LATE) == 7
    assert value(*late, deadlines={"mlp": DUE + timedelta(days=1)}, **LATE) == 9
    assert value(*late, deadlines={"mlp": DUE + timedelta(days=2)}, **LATE) == 10


def test_late_days_are_spent_in_the_order_of_the_deadlines_and_for_all_sections_with_one_together() -> None:
    deadlines = {"mlp": DUE + timedelta(days=2), "sums": DUE, "more": DUE}
    points = {"mlp": 10, "sums": 10, "more": 10}
    late = attempt("A", points, submitted=DUE + timedelta(days=4))
    found = mark(*late, deadlines=deadlines, late_days=5, late_penalty=(10.0,))
    assert {part.name: (part.days_late, part.late_days, int(part.penalty)) for part in found.parts} == {
        "sums": (4, 4, 0),
        "more": (4, 4, 0),
        "mlp": (2, 1, 10),
    }
    assert found.late_days == 5
    assert found.value == 29


def test_late_days_are_not_spent_where_there_is_nothing_to_save() -> None:
    late = attempt("A", {"mlp": 0, "sums": 10}, submitted=DUE + timedelta(days=2))
    deadlines = {"mlp": DUE, "sums": DUE + timedelta(hours=1)}
    found = mark(*late, deadlines=deadlines, late_days=2, late_penalty=(10.0,))
    assert {part.name: part.late_days for part in found.parts} == {"mlp": 0, "sums": 2}


def test_handing_in_something_late_never_costs_points() -> None:
    """The folder of a later section contains the earlier one, too."""
    deadlines = {"sums": DUE, "mlp": DUE + timedelta(days=7)}
    both: list[Content] = [
        *attempt("A", {"sums": 8, "mlp": 0}, submitted=DUE - timedelta(days=1)),
        *attempt("B", {"sums": 8, "mlp": 9}, submitted=DUE + timedelta(days=6)),
    ]
    found = mark(*both, deadlines=deadlines, late_days=3, **LATE)
    assert found.value == 17
    assert found.late_days == 0
    assert {part.name: part.attempt.content for part in found.parts if part.attempt} == {
        "sums": "A",
        "mlp": "B",
    }


def test_a_late_attempt_that_is_better_even_with_its_penalty_counts() -> None:
    both: list[Content] = [
        *attempt("A", {"mlp": 2}, submitted=DUE - timedelta(days=1)),
        *attempt("B", {"mlp": 10}, submitted=DUE + timedelta(days=1)),
    ]
    assert value(*both, deadlines={"mlp": DUE}, **LATE) == 9
    assert value(*both, deadlines={"mlp": DUE}, attempt="first", **LATE) == 2


def test_an_extension_moves_the_deadline_of_a_section_or_of_all_and_the_longest_counts() -> None:
    late = attempt("A", {"mlp": 10, "sums": 10}, submitted=DUE + timedelta(days=1))
    deadlines = {"mlp": DUE, "sums": DUE}
    for extensions, expected in (
        ([], 18),
        ([Extension(reason="ill", days=1, section="mlp")], 19),
        ([Extension(reason="ill", days=1)], 20),
        ([Extension(reason="ill", until=DUE + timedelta(days=1)), Extension(reason="?", days=0.5)], 20),
        ([Extension(reason="ill", until=DUE - timedelta(days=5))], 18),
    ):
        assert value(*late, *extensions, deadlines=deadlines, **LATE) == expected


def test_an_excused_section_leaves_the_others_for_all_points() -> None:
    found = mark(*attempt("A", {"mlp": 9, "sums": 0}), Excuse(reason="ill", section="sums"))
    assert found.value == 18
    assert found.out_of == 20
    assert value(*attempt("A", {"mlp": 9}), Excuse(reason="ill")) is None


def test_the_lowest_sections_are_dropped_by_their_share() -> None:
    points = {"a": 5, "b": 5, "c": 10}
    assert value(*attempt("A", points), drop_lowest=1) == Fraction(15 * 30, 20)
    assert [part.dropped for part in mark(*attempt("A", points), drop_lowest=1).parts] == [True, False, False]
    assert value(*attempt("A", points), drop_lowest=2) == 30


def test_adjustments_add_or_take_the_place_in_their_order() -> None:
    handed_in = attempt("A", {"mlp": 4})
    add, put = (
        Adjustment(exercise="mlp.one", how="add", points=2, reason="r"),
        Adjustment(exercise="mlp.one", how="set", points=7, reason="r"),
    )
    assert value(*handed_in, add) == 6
    assert value(*handed_in, put) == 7
    assert value(*handed_in, put, add) == 9
    assert value(*handed_in, add, put) == 7
    assert value(*handed_in, Adjustment(exercise="mlp.one", how="add", points=-9, reason="r")) == 0
    assert value(*handed_in, Adjustment(how="add", points=-1, reason="r")) == 3
    assert value(Adjustment(how="set", points=5, reason="an oral exam")) == 5


def test_a_late_penalty_applies_to_adjusted_points_and_not_to_what_is_added_to_the_mark() -> None:
    late = attempt("A", {"mlp": 8}, submitted=DUE + timedelta(hours=1))
    exercise = Adjustment(exercise="mlp.one", how="add", points=2, reason="r")
    total = Adjustment(how="add", points=2, reason="r")
    assert value(*late, exercise, deadlines={"mlp": DUE}, **LATE) == 9
    assert value(*late, total, deadlines={"mlp": DUE}, **LATE) == 9.2


def test_what_is_undone_does_not_count() -> None:
    handed_in = attempt("A", {"mlp": 4})
    adjustment = Adjustment(exercise="mlp.one", how="add", points=2, reason="r")
    assert value(*handed_in, adjustment, Undo(event=3, reason="a mistake")) == 4
    assert value(*handed_in, adjustment, Undo(event=3, reason="a mistake"), adjustment) == 6


def test_a_written_answer_is_open_until_a_person_enters_its_points() -> None:
    handed_in = attempt("A", {"mlp": 4})
    found = mark(*handed_in, written={"essay": 5.0})
    assert found.value is None
    assert found.is_open
    assert found.out_of == 15
    entered = Adjustment(exercise="essay", how="set", points=3, reason="read")
    assert value(*handed_in, entered, written={"essay": 5.0}) == 7


def test_a_provisional_attempt_has_no_mark_yet() -> None:
    assert value(*attempt("A", {"mlp": 4}, provisional=True)) is None


@pytest.mark.parametrize(
    ("exact", "step", "expected"),
    [("2.5", 1, "3"), ("2.4999", 1, "2"), ("7.26", 0.5, "7.5"), ("1.005", 0.01, "1.01"), ("0.1", 0.25, "0")],
)
def test_a_mark_is_rounded_once_with_halves_upwards(exact: str, step: float, expected: str) -> None:
    assert rounded(Fraction(exact), MarkPolicy(round_to=step)) == Fraction(expected)


def test_further_days_cost_as_much_as_the_last_step() -> None:
    policy = MarkPolicy(late_penalty=(5.0, 10.0))
    assert [penalty_for(days, policy) for days in (0, 1, 2, 3, 4)] == [0, 5, 15, 25, 35]
    assert penalty_for(100, policy) == 100
