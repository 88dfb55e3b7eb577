"""The number of an attempt: of equal contents the same, of a new one the next, whatever ends a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.reporting import attempts, report
from grader.reporting.attempts import Attempts
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report


def numbers(folder: Path, *contents: str, name: str = "alice") -> list[int]:
    """The numbers that attempts get, each in a run of its own."""
    return [Attempts(folder).number(name, content) for content in contents]


def reported(exam: int, content: str) -> Report:
    """A report on an attempt."""
    return msgspec.structs.replace(made_up("alice"), exam=exam, content=content)


def test_a_new_content_is_the_next_attempt_and_an_old_one_keeps_its_number(tmp_path: Path) -> None:
    assert numbers(tmp_path, "A", "A", "B", "A", "C", "B") == [1, 1, 2, 1, 3, 2]


def test_everybody_starts_with_the_first_exam(tmp_path: Path) -> None:
    assert numbers(tmp_path, "A", "B") == [1, 2]
    assert numbers(tmp_path, "A", "C", name="bob") == [1, 2]


def test_the_number_is_written_down_before_anything_is_graded(tmp_path: Path) -> None:
    """So a run that is killed then has given the exam, and nobody gets it again for another content."""
    numbers(tmp_path, "A")
    assert [path.name for path in (tmp_path / "alice").iterdir()] == [attempts.FILE]
    assert numbers(tmp_path, "B", "A") == [2, 1]


def test_a_file_that_is_lost_is_numbered_on_from_the_last_report(tmp_path: Path) -> None:
    report.write(tmp_path / "alice", reported(3, "C"))
    found = Attempts(tmp_path)
    assert [found.number("alice", content) for content in ("C", "D", "A")] == [3, 4, 5]
    assert found.unreadable == []


@pytest.mark.parametrize("broken", [b"", b"{", b'{"schema": 1, "contents": [1]}', b"\xff"])
def test_a_file_that_can_not_be_read_is_named_and_numbered_on_from_the_last_report(
    tmp_path: Path, broken: bytes
) -> None:
    report.write(tmp_path / "alice", reported(2, "B"))
    path = tmp_path / "alice" / attempts.FILE
    path.write_bytes(broken)
    found = Attempts(tmp_path)
    assert found.number("alice", "C") == 3
    assert found.unreadable == [path]
    assert found.number("alice", "B") == 2


def test_a_report_on_nothing_graded_is_no_attempt(tmp_path: Path) -> None:
    report.write(tmp_path / "alice", reported(0, "A"))
    assert numbers(tmp_path, "A", "B") == [1, 2]
