"""The attempt that counts in the folder is the one that the mark comes from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.counting import let_count
from grader.gradebook.events import Adjustment, Seen
from grader.gradebook.marks import Mark, Rules, mark_of
from grader.reporting import attempt_folders
from tests.fixtures.events import DUE, attempt, events
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import result

if TYPE_CHECKING:
    from pathlib import Path

    from grader.gradebook.events import Content


def mark(*contents: Content, policy: str = "last", **fields: object) -> Mark:
    rules = Rules(policy=MarkPolicy(attempt=policy, **fields), deadlines={"mlp": DUE, "sums": DUE})  # type: ignore[arg-type]
    return mark_of("alice", events(*contents), rules)


THREE: list[Content] = [*attempt("A", {"mlp": 5}), *attempt("B", {"mlp": 7}), *attempt("C", {"mlp": 4})]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a student with three attempts, of which the first counts."""
    for exam, content in enumerate("ABC", start=1):
        made = msgspec.structs.replace(made_up("alice", result("relu", 1.0), content=content), exam=exam)
        attempt_folders.write(tmp_path, made)
    return tmp_path


@pytest.mark.parametrize(("policy", "content"), [("last", "C"), ("first", "A"), ("best", "B")])
def test_the_policy_says_which(folder: Path, policy: str, content: str) -> None:
    counts = let_count(folder, mark(*THREE, policy=policy))
    assert counts is not None
    assert counts.content == content
    assert len(attempt_folders.reports(folder)) == 3


def test_the_best_attempt_is_the_best_with_adjustments_and_after_its_penalty() -> None:
    late = DUE + timedelta(hours=1)
    two: list[Content] = [*attempt("A", {"mlp": 8}, submitted=DUE), *attempt("B", {"mlp": 9}, submitted=late)]
    assert mark(*two, policy="best").counting == "B"
    assert mark(*two, policy="best", late_penalty=(20.0,)).counting == "A"
    more = Adjustment(reason="r", exercise="mlp.one", how="add", points=-9)
    assert mark(*two, more, policy="best").counting == "A", "both have 0, and of equal ones the first counts"


def test_of_several_that_count_it_is_the_last() -> None:
    """Each section from another attempt."""
    deadlines = {"sums": DUE, "mlp": DUE + timedelta(days=7)}
    both: list[Content] = [
        *attempt("A", {"sums": 8, "mlp": 0}, submitted=DUE - timedelta(days=1)),
        *attempt("B", {"sums": 8, "mlp": 9}, submitted=DUE + timedelta(days=6)),
    ]
    rules = Rules(policy=MarkPolicy(late_penalty=(10.0,)), deadlines=deadlines)
    found = mark_of("alice", events(*both), rules)
    assert {part.attempt.content for part in found.parts if part.attempt} == {"A", "B"}
    assert found.counting == "B"


def test_an_attempt_that_was_not_graded_counts_where_it_would_and_the_mark_is_open() -> None:
    graded = attempt("A", {"mlp": 8})
    cases: list[tuple[str, list[Content], tuple[str, int | None]]] = [
        ("last", [*graded, Seen(content="B")], ("B", None)),
        ("first", [Seen(content="B"), *graded], ("B", None)),
        ("first", [*graded, Seen(content="B")], ("A", 8)),
        ("last", [Seen(content="B"), *graded], ("A", 8)),
        ("best", [*graded, Seen(content="B")], ("A", 8)),
    ]
    for policy, order, expected in cases:
        found = mark(*order, policy=policy)
        assert (found.counting, found.value) == expected


def test_what_the_gradebook_does_not_know_counts_by_its_number(folder: Path) -> None:
    counts = let_count(folder, mark())
    assert counts is not None
    assert counts.exam == 3
    assert let_count(folder / "nobody", mark()) is None
