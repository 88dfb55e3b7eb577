"""Where a folder's gradebook is, and that no folder has two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.course.mark_policy import MarkPolicy
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Adjustment
from grader.gradebook.ledger import Ledger, Place, Written, place_of, remembered, reports_in, rules_of
from grader.gradebook.marks import Rules, handed_in
from grader.gradebook.store import Draft
from grader.reporting import report
from grader.reporting.output_dir import RunFile, Source
from tests.fixtures.reports import CONTEXT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gradebook.conftest import Reported

URL = "postgresql://grader@host/marks"
RUN = RunFile(schema=1, seed=7, sources=(Source(("/class",), "auto"),))


def test_without_a_url_it_is_in_the_folder() -> None:
    assert place_of(None) == place_of(RUN) == Place()
    assert remembered(Place()) == ("", "")


def test_a_server_is_remembered_without_a_password() -> None:
    place = place_of(None, URL.replace("grader", "grader:secret"))
    assert place.book
    assert remembered(place) == ("postgresql://grader:***@host/marks", place.book)
    run = msgspec.structs.replace(RUN, database=remembered(place)[0], book=place.book)
    with pytest.raises(GradebookError, match="no password is kept: name the URL with --gradebook"):
        place_of(run)
    assert place_of(run, place.url) == place
    database, book = remembered(place_of(None, URL))
    run = msgspec.structs.replace(RUN, database=database, book=book)
    assert place_of(run) == place_of(run, URL) == Place(URL, book)


@pytest.mark.parametrize(("known", "url"), [("", URL), (URL, URL + "2")])
def test_a_folder_has_one_gradebook(known: str, url: str) -> None:
    run = msgspec.structs.replace(RUN, database=known)
    with pytest.raises(GradebookError, match="events would be in two places"):
        place_of(run, url)


def test_a_report_that_can_not_be_read_is_passed_over(out: Path, reported: Reported) -> None:
    reported("alice")
    reported("bob")
    (out / "submissions" / "bob" / "report.json").write_text("{")
    assert [one.report.submission for one in reports_in(out)] == ["alice"]


def test_marks_are_those_of_the_students_asked_for(ledger: Ledger, reported: Reported) -> None:
    made = reported("alice")
    ledger.record(Written(made, report.encoded(made)))
    found = ledger.marks(Rules(), ["alice", "zoe"])
    assert found["alice"].value == 3
    assert found["zoe"].value is None
    assert list(ledger.marks(Rules())) == list(ledger.students()) == ["alice"]


def test_a_course_without_its_file_has_no_rules(tmp_path: Path) -> None:
    assert rules_of(tmp_path) == Rules()


def order(ledger: Ledger) -> list[str]:
    return handed_in(ledger.events("alice"))


def test_what_is_handed_in_now_is_the_latest_where_nothing_tells_the_time(
    ledger: Ledger, reported: Reported
) -> None:
    a, b = reported("alice", content="A"), reported("alice", content="B", exam=2)
    for made in (b, a):  # as they happened to be graded
        ledger.record(Written(made, report.encoded(made)))
    ledger.record_order({"alice": [a, b]})
    assert order(ledger) == ["A", "B"]
    count = len(ledger.store.events())
    ledger.record_order({"alice": [b]})
    assert len(ledger.store.events()) == count, "it is the latest already"
    ledger.record_order({"alice": [a]})
    assert order(ledger) == ["B", "A"]


def test_an_attempt_that_was_not_graded_is_seen(ledger: Ledger, reported: Reported) -> None:
    a = reported("alice", content="A")
    ledger.record(Written(a, report.encoded(a)))
    failed = report.not_graded("alice", CONTEXT, "The disk was full.", "B")
    ledger.record_order({"alice": [a, failed]})
    found = ledger.marks(Rules())["alice"]
    assert (found.value, found.counting) == (None, "B")
    best = Rules(policy=MarkPolicy(attempt="best"))
    mark = ledger.marks(best)["alice"]
    assert mark.value == 3
    assert mark.counting == "A"


def test_a_members_mark_follows_from_the_group_and_from_decisions_about_the_member(
    ledger: Ledger, reported: Reported
) -> None:
    made = reported("pair")
    ledger.record(Written(made, report.encoded(made)))
    ledger.store.append([Draft("ada", Adjustment(reason="r", how="add", points=-1), "N.")])
    ledger.groups = {"ada": "pair", "bob": "pair"}
    assert {name: mark.value for name, mark in ledger.marks(Rules()).items()} == {
        "ada": 2, "bob": 3, "pair": 3,
    }  # fmt: skip
    assert [len(ledger.events(name)) for name in ("ada", "bob", "pair")] == [3, 2, 2]
