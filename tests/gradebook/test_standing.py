"""What pages show of a mark."""

from __future__ import annotations

from datetime import timedelta

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.events import Adjustment, Excuse
from grader.gradebook.marks import Rules, mark_of
from grader.gradebook.standing import standing_of
from grader.reporting.standing import NOTHING, Standing
from tests.fixtures.events import DUE, attempt, events

LENIENT = Rules(
    policy=MarkPolicy(late_penalty=(10,), late_days=1, written={"essay": 5}), deadlines={"mlp": DUE}
)


def standing(*contents: object, rules: Rules = LENIENT) -> Standing:
    return standing_of(mark_of("alice", events(*contents), rules), rules)  # type: ignore[arg-type]


def test_lateness_is_a_ledger_of_days_and_percent() -> None:
    late = attempt("A", {"mlp": 10}, submitted=DUE + timedelta(days=2))
    found = standing(*late, Adjustment(reason="r", exercise="essay", how="set", points=4))
    mlp, essay = found.parts
    assert (mlp.days_late, mlp.free_days, mlp.penalty, mlp.earned, mlp.deadline) == (2, 1, 10.0, 9.0, DUE)
    assert (essay.points, essay.max_points, essay.note) == (4.0, 5.0, "")
    assert (found.mark, found.out_of, found.days_late, found.penalty) == (13.0, 15.0, 2, 1.0)
    assert (found.free_days, found.free_days_used) == (1, 1)


def test_each_attempt_is_listed_and_the_one_that_counts_says_so() -> None:
    early = DUE - timedelta(days=1)
    found = standing(*attempt("A", {"mlp": 3}, submitted=early), *attempt("B", {"mlp": 7}, submitted=DUE))
    assert [(one.number, one.submitted, one.points, one.counts) for one in found.attempts] == [
        (1, early, 3.0, False),
        (2, DUE, 7.0, True),
    ]


def test_what_does_not_count_says_why_and_reasons_stay_with_the_instructor() -> None:
    excuse = Excuse(reason="a private reason", section="mlp")
    bonus = Adjustment(reason="a private reason", how="add", points=2)
    found = standing(*attempt("A", {"mlp": 3}), excuse, bonus)
    assert [part.note for part in found.parts] == ["excused", "not marked yet"]
    assert found.mark is None
    assert found.changes == ("+2",)
    assert "private" not in repr(found)


def test_the_points_of_one_attempt_are_no_more_than_the_report_says() -> None:
    assert not standing(*attempt("A", {"mlp": 3}), rules=Rules()).says_more
    assert not NOTHING.says_more
    assert standing(*attempt("A", {"mlp": 3}), *attempt("B", {"mlp": 3}), rules=Rules()).says_more
    assert standing(*attempt("A", {"mlp": 3})).says_more
