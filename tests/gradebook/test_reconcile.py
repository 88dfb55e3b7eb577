"""A report is written first, then its event: whatever happens between, nothing is lost or there twice."""

from __future__ import annotations

import contextlib
import shutil
from typing import TYPE_CHECKING

import pytest

from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Graded, Seen, Takeover
from grader.gradebook.ledger import Ledger, Place, Written, open_ledger
from grader.gradebook.marks import Rules
from grader.gradebook.reconcile import reconcile
from grader.gradebook.store import Store
from grader.reporting import output_dir, report
from tests.fixtures.small_class import BY_0_1

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report
    from tests.gradebook.conftest import Reported


def record(ledger: Ledger, made: Report) -> int:
    return ledger.record(Written(made, report.encoded(made)))


def kinds(ledger: Ledger) -> list[str]:
    return [type(event.content).__name__ for event in ledger.store.events()]


def test_a_crash_between_report_and_event_is_made_up_for_once(
    out: Path, ledger: Ledger, reported: Reported
) -> None:
    record(ledger, reported("alice"))
    reported("bob")  # and the end of the run
    found = reconcile(ledger, out)
    assert found.recorded == ("bob",)
    assert found.sentences() == [
        "The gradebook lacked 1 student with a report, after an interruption; recorded now: bob."
    ]
    before = ledger.store.events()
    assert reconcile(ledger, out).sentences() == []
    assert ledger.store.events() == before


@pytest.mark.parametrize("stops_at", [1, 2, 3, 4])
def test_a_crash_at_any_write_of_an_event_loses_nothing(
    out: Path, ledger: Ledger, reported: Reported, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    insert, count = Store._insert, 0

    def failing(*arguments: object) -> int | None:
        nonlocal count
        count += 1
        if count == stops_at:
            raise GradebookError("the power is gone")
        return insert(*arguments)  # type: ignore[arg-type]

    reports = [reported("alice"), reported("bob")]
    monkeypatch.setattr(Store, "_insert", failing)
    with contextlib.suppress(GradebookError):
        for made in reports:
            record(ledger, made)
    assert count == stops_at
    monkeypatch.undo()
    reconcile(ledger, out)
    about = [(event.student, type(event.content)) for event in ledger.store.events() if event.student]
    assert sorted(about, key=str) == sorted(
        [(name, kind) for name in ("alice", "bob") for kind in (Seen, Graded)], key=str
    )


def test_the_same_report_is_recorded_once_whoever_does_it(
    out: Path, ledger: Ledger, reported: Reported
) -> None:
    made = reported("alice")
    assert record(ledger, made) == 2
    assert record(ledger, made) == 0
    with open_ledger(out, Place(), "other") as second:
        assert reconcile(second, out).recorded == ()


def test_a_report_that_is_gone_is_said_and_its_mark_stays(
    out: Path, ledger: Ledger, reported: Reported
) -> None:
    record(ledger, reported("alice"))
    shutil.rmtree(output_dir.reports_in(out) / "alice")
    assert reconcile(ledger, out).without_report == ("alice",)
    assert "Their marks stay" in reconcile(ledger, out).sentences()[0]
    assert kinds(ledger) == ["Seen", "Graded"]


def test_reports_without_points_are_tried_again_and_not_recorded(out: Path, ledger: Ledger) -> None:
    from tests.fixtures.reports import CONTEXT

    report.write(output_dir.reports_in(out) / "alice", report.not_graded("alice", CONTEXT, "no disk"))
    assert reconcile(ledger, out).recorded == ()


def test_a_folder_of_version_0_1_is_taken_over(tmp_path: Path) -> None:
    out = shutil.copytree(BY_0_1, tmp_path / "out")
    with open_ledger(out, Place(), "grader") as ledger:
        found = reconcile(ledger, out)
        assert found.taken_over == ("0.1.0",)
        assert kinds(ledger) == ["Seen", "Graded", "Takeover"]
        assert ledger.store.events()[-1].content == Takeover(reports=1, versions=("0.1.0",))
        assert reconcile(ledger, out).sentences() == []


def test_earlier_attempts_come_before_the_one_that_counts(
    out: Path, ledger: Ledger, reported: Reported
) -> None:
    for number, content in ((2, "B"), (1, "A")):
        reported("alice", content=content, exam=number)
        folder = output_dir.reports_in(out) / "alice"
        (folder / "attempts" / str(number)).mkdir(parents=True)
        (folder / "report.json").rename(folder / "attempts" / str(number) / "report.json")
    reported("alice", content="C", exam=3)
    reconcile(ledger, out)
    seen = [event.content.content for event in ledger.store.events() if isinstance(event.content, Seen)]
    assert seen == ["A", "B", "C"]
    reconcile(ledger, out)
    assert len(ledger.store.events()) == 7  # with the takeover


def test_a_folder_that_was_renamed_takes_its_events_along(
    out: Path, ledger: Ledger, reported: Reported
) -> None:
    record(ledger, reported("007"))
    folder = output_dir.reports_in(out)
    (folder / "007").rename(folder / "Ada Lovelace")
    for _again in range(2):
        assert reconcile(ledger, out).sentences() == []
        assert kinds(ledger) == ["Seen", "Graded", "Renamed"]
        assert ledger.students() == ("Ada Lovelace",)
        assert ledger.marks(Rules())["Ada Lovelace"].value == 3
        assert len(ledger.events("Ada Lovelace")) == 3
    record(ledger, reported("007", content="B", points=1.0))  # somebody else, later
    assert {name: mark.value for name, mark in ledger.marks(Rules()).items()} == {
        "007": 1, "Ada Lovelace": 3,
    }  # fmt: skip
    assert [event.id for event in ledger.events("007")] == [4, 5]
