"""Where a folder's gradebook is, and that no folder has two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from grader.gradebook.errors import GradebookError
from grader.gradebook.ledger import Ledger, Place, Written, place_of, remembered, reports_in, rules_of
from grader.gradebook.marks import Rules
from grader.reporting import report
from grader.reporting.output_dir import RunFile, Source

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
