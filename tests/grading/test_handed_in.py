"""What was handed in is read once, and again only after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.grading import handed_in
from grader.grading.handed_in import HandedIn
from grader.grading.several_attempts import content_of
from grader.submissions import alone

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from grader.submissions import Entry


def test_it_is_read_again_only_when_it_was_seen_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ada.py"
    path.write_text("x = 1\n")
    entry, read = alone("ada", path), []

    def reading(one: Entry, modules: frozenset[str]) -> str:
        read.append(one)
        return content_of(one, modules)

    monkeypatch.setattr(handed_in, "content_of", reading)
    content = HandedIn(frozenset({"doubling"}))
    first = content(entry)
    content.look(entry)
    assert content(entry) == content(entry)
    count = len(read)
    content.look(entry)
    assert content(entry)
    assert len(read) == count, "nothing changed"
    path.write_text("x = 22\n")
    before = content.stamp(entry)
    assert content.look(entry) != before
    assert content(entry) != first
    assert len(read) == count + 1


def test_what_can_not_be_read_has_no_content(tmp_path: Path) -> None:
    assert HandedIn(frozenset())(alone("ada", tmp_path / "nowhere.py")) == ""
