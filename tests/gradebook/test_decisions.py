"""What a person decides: each bad input has its sentence, and then nothing at all is recorded."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from grader.gradebook.decisions import (
    Known,
    Row,
    adjustment,
    drafts_for,
    effects,
    excuse,
    extension,
    known_in,
    rows_in,
    undo,
)
from grader.gradebook.errors import GradebookError
from grader.gradebook.events import Adjustment, Excuse, Extension, Undo
from grader.gradebook.ledger import Ledger, Written
from grader.gradebook.marks import Rules
from grader.gradebook.store import Draft
from grader.reporting import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grader.gradebook.events import Content
    from tests.gradebook.conftest import Reported

KNOWN = Known(
    ("alice", "bob"), {"mlp.relu": 4.0, "sums.relu": 4.0, "mlp.tanh": 4.0, "essay": 10.0},
    ("mlp", "sums", "essay"),
)  # fmt: skip
ADJUST = ("exercise", "add", "set", "reason")


def made(make: Callable[[Row, Known], Content], **fields: str) -> Content:
    row = Row("alice", {"reason": "r", **fields})
    (draft,) = drafts_for([row], KNOWN, "N.", make)
    return draft.content


def refused(make: Callable[[Row, Known], Content], student: str = "alice", **fields: str) -> str:
    with pytest.raises(GradebookError) as caught:
        drafts_for([Row(student, {"reason": "r", **fields})], KNOWN, "N.", make)
    return str(caught.value)


def test_what_is_asked_for_becomes_an_event() -> None:
    assert made(adjustment, exercise="tanh", add="-1.5") == Adjustment(
        reason="r", exercise="mlp.tanh", how="add", points=-1.5
    )
    assert made(adjustment, set="3") == Adjustment(reason="r", how="set", points=3)
    assert made(extension, days="2", section="mlp") == Extension(reason="r", days=2, section="mlp")
    assert made(excuse) == Excuse(reason="r")
    until = made(extension, until="2026-12-08T23:59+01:00")
    assert isinstance(until, Extension)
    assert until.until == datetime.fromisoformat("2026-12-08T23:59+01:00")


def test_a_date_ends_with_its_day_in_this_time_zone() -> None:
    until = made(extension, until="2026-12-08")
    assert isinstance(until, Extension)
    assert until.until == datetime(2026, 12, 8, 23, 59, 59).astimezone()


@pytest.mark.parametrize(
    ("make", "fields", "sentence"),
    [
        (adjustment, {}, "alice needs one of add and set"),
        (adjustment, {"add": "1", "set": "2"}, "alice needs one of add and set"),
        (adjustment, {"add": "1,5"}, "add must be a number with a decimal point, and is '1,5'."),
        (adjustment, {"add": "nan"}, "add is nan, which can't be meant."),
        (adjustment, {"add": "1e9"}, "add is 1e9, which can't be meant."),
        (adjustment, {"set": "-1"}, "set must be 0 or more, and is -1."),
        (adjustment, {"set": "5", "exercise": "tanh"}, "mlp.tanh has 4 points, and set is 5."),
        (
            adjustment,
            {"set": "1", "exercise": "relu"},
            "exercise relu can be mlp.relu or sums.relu",
        ),
        (adjustment, {"set": "1", "exercise": "tanhh"}, "there is no exercise tanhh. Did you mean mlp.tanh?"),
        (extension, {}, "alice needs one of until and days"),
        (extension, {"days": "0"}, "days must be above 0 and at most 366, and is 0."),
        (extension, {"days": "1000"}, "days must be above 0 and at most 366, and is 1000."),
        (
            extension,
            {"until": "8.12.2026"},
            "until must be a date and time such as 2026-12-08T23:59",
        ),
        (extension, {"days": "1", "section": "nlp"}, "there is no section nlp. Did you mean mlp?"),
        (excuse, {"reason": " "}, "why? alice has no reason."),
    ],
)
def test_each_mistake_has_its_sentence(
    make: Callable[[Row, Known], Content], fields: dict[str, str], sentence: str
) -> None:
    assert refused(make, **fields).startswith(sentence)


def test_a_decision_about_nobody_names_who_may_be_meant() -> None:
    assert refused(excuse, "alicia") == (
        "there is no student alicia. Did you mean alice? Somebody who has not handed in anything yet needs "
        "--unseen."
    )
    unseen = Known(KNOWN.students, KNOWN.exercises, KNOWN.sections, allow_unseen=True)
    assert drafts_for([Row("zoe", {"reason": "r"})], unseen, "N.", excuse)[0].student == "zoe"


def written(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "points.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


ROW = "student,exercise,add,reason\nalice,tanh,1,Müller\n"


@pytest.mark.parametrize(
    "content",
    [
        ROW.encode(),
        ROW.encode("utf-8-sig"),
        ROW.encode("cp1252"),
        ROW.encode("utf-16"),
        ROW.replace(",", ";").encode(),
        ROW.replace(",", "\t").encode(),
        ROW.replace("\n", "\r\n").encode() + b"\r\n,,,\r\n",
        ROW.replace("student", "Student ").encode(),
        ROW.replace("alice", "'alice").encode(),  # as gradebook.csv writes what looks like a formula
    ],
)
def test_tables_as_spreadsheets_write_them_are_read(tmp_path: Path, content: bytes) -> None:
    (row,) = rows_in(written(tmp_path, content), ADJUST)
    found = (row.student, *(row.get(name) for name in ("exercise", "add", "reason")))
    assert found == ("alice", "tanh", "1", "Müller")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty: it needs a first line"),
        ("\n , \n", "is empty: it needs a first line"),
        ("student,add\n", "has no rows below"),
        ("name,points\nalice,1\n", "has no column student: its first line is 'name, points'."),
        ("student,ad\nalice,1\n", "has a column ad. Did you mean add?"),
        ("student,add,add\nalice,1,1\n", "has the column add twice."),
        ("student,add,reason\nalice,1,r,s\n", "line 2: it has 4 cells, and there are 3 columns."),
        (b"PK\x03\x04\0\0\0student", "is not a table of text"),
    ],
)
def test_a_table_that_is_none_has_its_sentence(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(GradebookError, match=r"points\.csv") as caught:
        rows_in(written(tmp_path, text), ADJUST)
    assert sentence in str(caught.value)


def test_a_table_that_is_not_there_has_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(GradebookError, match="can't be read: No such file"):
        rows_in(tmp_path / "points.csv", ADJUST)


def test_a_mistake_in_a_table_names_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "student,exercise,add,reason\nalice,tanh,1,r\nbob,tanh,x,r\n")
    with pytest.raises(GradebookError, match=r"points\.csv, line 3: add must be a number"):
        drafts_for(rows_in(path, ADJUST), KNOWN, "N.", adjustment)


def test_two_rows_for_one_student_and_exercise_are_refused(tmp_path: Path) -> None:
    lines = ["student,exercise,add,reason", "alice,tanh,1,r", "alice,mlp.relu,1,r", "alice,mlp.tanh,2,r"]
    path = written(tmp_path, "\n".join(lines))
    with pytest.raises(
        GradebookError, match=r"line 4: alice \(mlp\.tanh\) is there twice, before in line 2\."
    ):
        drafts_for(rows_in(path, ADJUST), KNOWN, "N.", adjustment)


@pytest.fixture
def graded(ledger: Ledger, reported: Reported) -> Ledger:
    for name, points in (("alice", 3.0), ("bob", 4.0)):
        made = reported(name, points=points)
        ledger.record(Written(made, report.encoded(made)))
    return ledger


def test_effects_are_shown_before_anything_is_recorded(graded: Ledger) -> None:
    before = graded.store.events()
    drafts = [Draft("alice", Adjustment(reason="r", exercise="mlp.relu", how="add", points=1), "N.")]
    (effect,) = effects(graded, drafts, Rules())
    assert (effect.student, effect.before, effect.after) == ("alice", 3.0, 4.0)
    assert graded.store.events() == before


def test_what_decisions_may_be_about_is_what_there_is(graded: Ledger) -> None:
    known = known_in(graded, ["zoe"], Rules(), allow_unseen=False)
    assert known.students == ("alice", "bob", "zoe")
    assert known.exercises == {"mlp.relu": 4.0}
    assert known.sections == ("mlp",)


def test_a_decision_is_undone_once_with_a_reason(graded: Ledger) -> None:
    (number,) = graded.store.append([Draft("alice", Excuse(reason="ill"), "N.")])
    taken = undo(graded.store.events(), number, "not ill", "N.")
    assert taken == Draft("alice", Undo(reason="not ill", event=number), "N.")
    for event, reason, sentence in (
        (999, "r", "There is no event 999"),
        (1, "r", r"Event 1 is no decision \(seen\)"),
        (number, " ", "Undoing needs a reason"),
    ):
        with pytest.raises(GradebookError, match=sentence):
            undo(graded.store.events(), event, reason, "N.")
    graded.store.append([taken])
    with pytest.raises(GradebookError, match="was undone already"):
        undo(graded.store.events(), number, "again", "N.")
