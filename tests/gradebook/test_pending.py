"""What waits to be published: whole or not at all; an interrupted publication is completed by the next."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.gradebook import pending
from grader.gradebook.differences import difference
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Graded, Publication
from grader.gradebook.ledger import Ledger, Place, Written, open_ledger
from grader.gradebook.pending import Pending
from grader.gradebook.reconcile import reconcile
from grader.gradebook.store import Store
from grader.reporting import output_dir, report
from tests.fixtures.reports import report as made_up
from tests.fixtures.reports import result

if TYPE_CHECKING:
    from pathlib import Path

    from grader.reporting.report import Report
    from tests.gradebook.conftest import Reported

NAMES = ("alice", "bob", "carol")


@pytest.fixture
def found(out: Path, ledger: Ledger, reported: Reported) -> Pending:
    """Three submissions that have a point more by a regrading."""
    before = {name: reported(name, points=2.0) for name in NAMES}
    for made in before.values():
        ledger.record(Written(made, report.encoded(made)))
    after = {
        name: msgspec.structs.replace(made_up(name, result("relu", 3.0), content="A"), exam=1)
        for name in NAMES
    }
    found = Pending(1, "all", (), tuple(difference(before[name], after[name]) for name in NAMES))
    pending.write(out, found, list(after.values()))
    return found


def counting(out: Path, name: str) -> Report:
    made = report.read(output_dir.reports_in(out) / name)
    assert made is not None
    return made


def recorded(out: Path, kind: type) -> list[str]:
    with open_ledger(out, Place()) as ledger:
        return [event.student for event in ledger.store.events() if isinstance(event.content, kind)]


def test_nothing_changes_before_it_is_published(out: Path, found: Pending) -> None:
    assert pending.read(out) == found
    assert {counting(out, name).points for name in NAMES} == {2.0}
    assert recorded(out, Graded) == list(NAMES)
    for path in (out / "regrade", *(out / "regrade").rglob("*")):
        is_private = path.is_dir() or stat.S_IMODE(path.stat().st_mode) == 0o600
        assert is_private, path
    assert stat.S_IMODE((out / "regrade").stat().st_mode) == 0o700


def test_what_is_published_counts_and_is_recorded(out: Path, ledger: Ledger, found: Pending) -> None:
    assert list(pending.publish(out, found, ledger)) == []
    assert {counting(out, name).points for name in NAMES} == {3.0}
    assert pending.read(out) is None
    events = [event.content for event in ledger.store.events("bob")]
    assert isinstance(events[-1], Publication)
    assert (events[-1].before, events[-1].points, events[-1].policy) == (2, 3, "all")
    assert isinstance(events[-2], Graded)
    assert events[-2].regraded == "all"


@pytest.mark.parametrize("stops_at", [1, 2, 3])
def test_an_interrupted_publication_is_completed_by_the_next(
    out: Path, ledger: Ledger, found: Pending, monkeypatch: pytest.MonkeyPatch, stops_at: int
) -> None:
    """It stops after a report was replaced, and before its event."""
    append, count = Store.append, 0

    def failing(*arguments: object) -> list[int]:
        nonlocal count
        count += 1
        if count == stops_at:
            raise GradebookError("the power is gone")
        return append(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "append", failing)
    with pytest.raises(GradebookError, match="the power is gone"):
        list(pending.publish(out, found, ledger))
    monkeypatch.undo()
    reconcile(ledger, out)  # as every command does first
    again = pending.read(out)
    assert again == found
    assert list(pending.publish(out, again, ledger)) == []
    assert {counting(out, name).points for name in NAMES} == {3.0}
    assert sorted(recorded(out, Publication)) == list(NAMES)
    assert sorted(recorded(out, Graded)) == sorted(NAMES * 2)
    assert not (out / "regrade").exists()


def test_another_attempt_is_not_published_over(
    out: Path, ledger: Ledger, found: Pending, reported: Reported
) -> None:
    reported("bob", content="B", points=1.0, exam=2)
    assert [name for name, _ in pending.publish(out, found, ledger)] == ["bob"]
    assert [counting(out, name).points for name in NAMES] == [3.0, 1.0, 3.0]


def test_what_is_not_complete_is_not_there(out: Path, found: Pending) -> None:
    (out / "regrade" / "regrade.json").unlink()
    assert pending.read(out) is None
    (out / "regrade" / "regrade.json").write_text("{")
    with pytest.raises(GradebookError, match="Run `grader regrade` again"):
        pending.read(out)


def test_losses_come_first_and_equal_points_are_named_apart(out: Path) -> None:
    reports = {name: made_up(name, result("relu", 2.0)) for name in NAMES}
    points = {"alice": 3.0, "bob": 1.0, "carol": 2.0}
    after = {name: made_up(name, result("relu", points[name])) for name in NAMES}
    found = Pending(1, "all", (), tuple(difference(reports[name], after[name]) for name in NAMES))
    assert [one.student for one in found.changed] == ["bob", "alice"]
    assert found.summary == "3 graded anew: 1 gain points, 1 lose points, 1 keep theirs."
