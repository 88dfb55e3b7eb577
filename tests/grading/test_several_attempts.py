"""The attempts of one student: each content once, and numbered in order."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading.several_attempts import different, number_in_order
from grader.reporting.attempts import Attempts
from grader.submissions import Entry, alone


def entries(contents: str, name: str = "ada") -> list[Entry]:
    """An attempt a letter."""
    return [alone(name, Path(f"{number}{content}")) for number, content in enumerate(contents)]


def content_of(entry: Entry) -> str:
    return entry.path.name[1:].strip("-")


@pytest.mark.parametrize(
    ("contents", "kept"),
    [("A", "0A"), ("AB", "0A 1B"), ("AAB", "0A 2B"), ("ABA", "1B 2A"), ("ABB", "0A 1B"), ("--", "0- 1-")],
)
def test_each_content_counts_once(contents: str, kept: str) -> None:
    """Handed in again at once, it is as early as the first time; after something else, it is the latest."""
    assert [entry.path.name for entry in different(entries(contents), content_of)] == kept.split()


def test_two_students_may_hand_in_the_same() -> None:
    assert len(different([*entries("A"), *entries("A", "bob")], content_of)) == 2


def test_only_several_attempts_are_opened_and_numbered_in_their_order(tmp_path: Path) -> None:
    number_in_order(Attempts(tmp_path), [*entries("BA"), *entries("C", "bob")], content_of)
    assert not (tmp_path / "bob").exists()
    assert [Attempts(tmp_path).number("ada", one) for one in "AB"] == [2, 1]
