"""The ledger in words: each event a line, and a mark that adds up line by line."""

from __future__ import annotations

from datetime import timedelta

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.events import Adjustment, Content, Excuse, Extension, Publication, Undo
from grader.gradebook.history import derivation, lines
from grader.gradebook.marks import Rules, mark_of
from tests.fixtures.events import DUE, attempt, events

LATE = Rules(policy=MarkPolicy(late_penalty=(10,), late_days=1, drop_lowest=1), deadlines={"mlp": DUE})


def derived(*contents: Content, rules: Rules | None = None) -> list[str]:
    rules = rules or Rules()
    return derivation(mark_of("alice", events(*contents), rules), rules)


def test_each_event_is_a_line_and_what_was_undone_says_so() -> None:
    found = lines(
        events(
            *attempt("sha256:0123456789abcdef", {"mlp": 3}, submitted=DUE),
            Extension(reason="ill", days=2),
            Adjustment(reason="typing error", exercise="mlp.one", how="add", points=1),
            Undo(reason="it was none", event=4),
            Excuse(reason="ill", section="sums"),
            Publication(report="r", before=3, points=4, policy="all"),
        )
    )
    assert [line.partition("grader: ")[2] for line in found] == [
        "an attempt seen (0123456789ab), handed in 2026-12-01 23:59+00:00",
        "graded (0123456789ab): 3 of 10, Gradbook 0.3.0, checks 00",
        "extension, 2 days more: ill",
        "adjustment, mlp.one: +1 points: typing error (undone by event 5)",
        "event 4 undone: it was none",
        "excused for sums: ill",
        "published: 3 became 4 by regrading (all)",
    ]
    assert found[0].startswith("    1  2026-12-01 23:59+00:00  grader: ")


def test_a_mark_adds_up_line_by_line() -> None:
    late = attempt("A", {"mlp": 8, "sums": 1}, submitted=DUE + timedelta(days=2))
    bonus = Adjustment(reason="a talk", how="add", points=0.5)
    assert derived(*late, bonus, rules=LATE) == [
        "Points of each section:",
        "  mlp: 8 of 10, 2 days late, 1 of them free: less 10% is 7.2",
        "  sums: 1 of 10, dropped",
        "Sum: 7.2 of 10",
        "What counts, scaled to 20 points: 14.4",
        "The mark: +0.5 (a talk)",
        "Mark: 14.9 of 20",
    ]


def test_which_of_several_attempts_counts_is_said() -> None:
    two: list[Content] = [*attempt("A", {"mlp": 8}), *attempt("B", {"mlp": 5})]
    assert derived(*two)[:2] == [
        "Points of each section, of 2 attempts the last:",
        "  mlp: 5 of 10, attempt 2",
    ]


def test_rounding_is_said_where_it_changes_something() -> None:
    rules = Rules(policy=MarkPolicy(round_to=0.5))
    assert derived(*attempt("A", {"mlp": 8.3}), rules=rules)[-1] == "Mark: 8.5 of 10 (rounded to 0.5)"


def test_a_time_that_nobody_knows_is_said() -> None:
    assert derived(*attempt("A", {"mlp": 8, "sums": 8}), rules=LATE)[1:3] == [
        "  mlp: 8 of 10, in time as nobody knows when it was handed in, dropped",
        "  sums: 8 of 10",
    ]


def test_why_there_is_no_mark_is_said() -> None:
    assert derived() == ["No attempt was graded.", "No mark: nothing counts."]
    assert derived(*attempt("A", {"mlp": 8}, provisional=True))[-1] == "No mark: points of it are still open."
    assert derived(*attempt("A", {"mlp": 8}), Excuse(reason="ill"))[-1] == "No mark: nothing counts."
