"""Scores are events: whoever comes second sees what the first one said, and nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Adjustment
from grader.gradebook.ledger import Ledger
from grader.gradebook.marks import Rules, mark_of
from grader.gradebook.review import Given, Review
from grader.gradebook.store import open_file
from grader.gradebook.written_answers import questions_of
from grader.records.written import WrittenAnswer
from tests.fixtures.events import attempt, events
from tests.fixtures.reports import report, result
from tests.fixtures.synthetic_class import POLICY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SAME = (WrittenAnswer("4.4", "Rows are examples.", "a.md"),)
REPORTS = [replace(report(name, result("relu", 4.0)), written=SAME) for name in ("ada", "bob", "cem")]
GIVEN = Given(group=0, members=(0, 1), seen=(0, 0), points=3.0, items=("names the rows",), comment=" Good. ")


@pytest.fixture
def reviews(tmp_path: Path) -> Iterator[list[Review]]:
    """The reviews of two people, with the same gradebook."""
    questions = questions_of(POLICY, REPORTS)
    with open_file(tmp_path) as first, open_file(tmp_path) as second:
        yield [Review(questions, Ledger(first, "Ada")), Review(questions, Ledger(second, "Bob"))]


def test_a_score_is_an_event_for_each_answer(reviews: list[Review]) -> None:
    review = reviews[0]
    outcome = review.give(review.questions[0], GIVEN)
    assert len(outcome.events) == 2
    found = {event.student: event for event in review.ledger.store.events()}
    assert sorted(found) == ["ada", "bob"]
    assert found["ada"].author == "Ada"
    assert found["ada"].content == Adjustment(
        reason="review: names the rows", exercise="4.4", how="set", points=3.0, comment="Good."
    )


def test_who_comes_second_sees_the_first_before_it_is_replaced(reviews: list[Review]) -> None:
    first, second = reviews
    question = first.questions[0]
    first.give(question, GIVEN)
    given = replace(GIVEN, members=(1, 2), points=1.0)
    outcome = second.give(question, given)
    (meanwhile,) = outcome.meanwhile
    assert (meanwhile.member, meanwhile.author, meanwhile.points, meanwhile.comment) == (
        1,
        "Ada",
        3.0,
        "Good.",
    )
    assert sorted(second.scores(question)) == ["ada", "bob"], "nothing was recorded, of the third one neither"
    assert second.give(question, replace(given, seen=(meanwhile.event, 0))).meanwhile == ()
    assert {name: one.points for name, one in first.scores(question).items()} == {
        "ada": 3,
        "bob": 1,
        "cem": 1,
    }
    assert len(first.ledger.store.events("bob")) == 2, "both are kept"


@pytest.mark.parametrize(
    "change",
    [
        {"points": 5.5}, {"points": -1.0}, {"points": float("nan")}, {"group": 1}, {"group": -1},
        {"members": (0, 3)}, {"members": (0, 0)}, {"members": (-1, 0)}, {"members": (), "seen": ()},
        {"seen": (0,)}, {"items": ("invented",)}, {"comment": "x" * 10_001},
    ],
)  # fmt: skip
def test_what_can_not_be_meant_is_refused(reviews: list[Review], change: dict[str, object]) -> None:
    with pytest.raises(GradebookError):
        reviews[0].give(reviews[0].questions[0], replace(GIVEN, **change))
    assert reviews[0].ledger.store.events() == ()


def test_points_count_in_the_mark_and_comments_are_the_last_ones() -> None:
    rules = Rules(policy=POLICY)
    given = [
        Adjustment(reason="r", exercise="4.4", how="set", points=points, comment=f"{points} points.")
        for points in (2, 4)
    ]
    mark = mark_of("alice", events(*attempt("A", {"mlp": 7}), *given), rules)
    assert mark.value == 11
    assert mark.out_of == 15
    assert mark.parts[-1].comments == ("4 points.",)
    assert mark_of("alice", events(*attempt("A", {"mlp": 7})), rules).value is None, "it is still open"
