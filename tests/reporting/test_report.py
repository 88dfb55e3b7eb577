"""Reports are written atomically, read back unchanged, and current if grading again would change nothing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.judging.error_carried_forward import worth
from grader.records.inert_text import inert
from grader.records.verdict import open_points, summarize
from grader.reporting import report
from tests.fixtures.reports import CONTEXT, not_judged_softmax, result
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import RunContext

replace = msgspec.structs.replace


def test_a_report_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    written = made_up("alice", result("relu", 4.0, "correct"), result("tanh", 0.1), result("sigmoid", 0.2))
    report.write(tmp_path / "alice", written)
    assert report.read(tmp_path / "alice") == written
    assert written.points == 4.3


def test_a_report_with_unknown_fields_can_be_read(tmp_path: Path) -> None:
    report.write(tmp_path, made_up("alice"))
    fields = json.loads((tmp_path / report.FILE).read_text())
    (tmp_path / report.FILE).write_text(json.dumps({**fields, "mood": "fine"}))
    assert report.read(tmp_path) == made_up("alice")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 1}', "\0"])
def test_a_damaged_report_counts_as_missing(tmp_path: Path, content: str) -> None:
    (tmp_path / report.FILE).write_text(content)
    assert report.read(tmp_path) is None


def test_a_submission_that_was_not_graded_has_no_points(tmp_path: Path) -> None:
    report.write(tmp_path, report.not_graded("alice", CONTEXT, "The disk is full."))
    fields = json.loads((tmp_path / report.FILE).read_text())
    assert not {"points", "max_points", "bonus"} & set(fields)
    assert (fields["status"], fields["message"]) == ("not_graded", "The disk is full.")


def test_zero_points_are_written(tmp_path: Path) -> None:
    report.write(tmp_path, made_up("alice", result("relu", 0.0, "incorrect")))
    fields = json.loads((tmp_path / report.FILE).read_text())
    assert (fields["points"], fields["bonus"]) == (0.0, 0.0)


def test_a_failed_write_leaves_the_old_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report.write(tmp_path, made_up("alice"))

    def full(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        report.write(tmp_path, made_up("bob"))
    assert report.read(tmp_path) == made_up("alice")
    assert [path.name for path in tmp_path.iterdir()] == [report.FILE]


def test_a_report_on_the_same_content_in_the_same_context_is_current() -> None:
    assert report.is_current(made_up("alice"), CONTEXT, "sha256:11")


@pytest.mark.parametrize(
    "context",
    [
        replace(CONTEXT, seed=8),
        replace(CONTEXT, device="cuda"),
        replace(CONTEXT, versions=replace(CONTEXT.versions, torch="2.12.0")),
        replace(CONTEXT, versions=replace(CONTEXT.versions, checks="sha256:01")),
        replace(CONTEXT, settings=replace(CONTEXT.settings, only=("relu",))),
        replace(CONTEXT, settings=replace(CONTEXT.settings, attempts="last")),
        replace(CONTEXT, settings=replace(CONTEXT.settings, data="full")),
        replace(CONTEXT, settings=replace(CONTEXT.settings, sandbox="none")),
    ],
)
def test_a_report_from_another_context_is_not_current(context: RunContext) -> None:
    assert not report.is_current(made_up("alice"), context, "sha256:11")


def test_a_check_that_is_not_judged_leaves_its_points_open() -> None:
    some, none = not_judged_softmax(), not_judged_softmax(points=0.0)
    assert (some.status, some.points, some.max_points) == ("partial", 1.0, 4.0)
    assert (none.status, none.points, none.max_points) == ("error", 0.0, 3.0)
    assert open_points(some) == 3.0
    assert worth(some) > worth(result("softmax", 2.0)), "of two attempts, what may be worth more counts"
    assert worth(result("softmax", 4.0)) > worth(some), "what certainly is worth as much counts first"


def test_a_report_with_a_check_that_is_not_judged_is_provisional_and_tried_again(tmp_path: Path) -> None:
    provisional = made_up("alice", not_judged_softmax(), result("relu", 4.0))
    assert (provisional.status, provisional.points, provisional.max_points) == ("graded", 5.0, 8.0)
    report.write(tmp_path, provisional)
    fields = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert fields["provisional"] is True
    assert not report.is_current(provisional, CONTEXT, "sha256:11")
    report.write(tmp_path, made_up("alice", result("relu", 4.0)))
    assert "provisional" not in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))


def test_other_content_or_a_failure_of_the_grader_is_graded_again() -> None:
    assert not report.is_current(made_up("alice"), CONTEXT, "sha256:12")
    failed = report.not_graded("alice", CONTEXT, "The disk was full.", "sha256:11")
    assert not report.is_current(failed, CONTEXT, "sha256:11")


def test_no_active_character_gets_into_any_text_of_a_report() -> None:
    """All that there are, one report for each byte above the last: 1.1 million characters."""
    plain = result("relu", 0.0, "incorrect")
    for block in range(0, sys.maxunicode + 1, 256):
        text = "".join(f"{chr(point)}." for point in range(block, block + 256))
        (found,) = made_up("alice", replace(plain, message=text)).exercises
        assert found.message == inert(text)


@pytest.mark.parametrize("text", ["\\u202e", "\\r", 'a "b" \\', "\N{NO-BREAK SPACE}", "β\n\tβ", "\r\n"])
def test_what_is_not_active_is_kept(text: str) -> None:
    (found,) = made_up("alice", replace(result("relu", 0.0, "incorrect"), message=text)).exercises
    assert found.message == text.replace("\r\n", "\n")


def test_points_are_floats_even_where_there_are_none() -> None:
    """Else a report would be another one after it was read: 0 is written, and 0.0 is read."""
    nothing = summarize("double", "1.1", "doubling", ())
    assert [type(one) for one in (nothing.points, nothing.max_points, nothing.bonus)] == [float] * 3
    assert type(open_points(nothing)) is float
