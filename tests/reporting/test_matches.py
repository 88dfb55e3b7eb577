"""The file in which a person confirms who is who: spreadsheets may have had it in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from grader.reporting import matches
from grader.reporting.matches import Match, MatchesError

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [Match("=1+1", "007", "Lovelace, Ada", "93", is_confirmed=True), Match("'x", "-8", "민수", "80")]


def test_what_is_written_is_read_back_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    path = matches.write(tmp_path, ROWS)
    assert matches.read(tmp_path) == ROWS
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("'=1+1,")
    assert matches.read(tmp_path / "nowhere") == []


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_what_a_spreadsheet_saved_is_read_too(tmp_path: Path, codec: str) -> None:
    text = "submission;student;name;score;confirmed\r\nada;007;Ada;93;Ja\r\nbob;008;Bob;80;no\r\n"
    (tmp_path / matches.FILE).write_text(text, encoding=codec, newline="")
    assert [one.is_confirmed for one in matches.read(tmp_path)] == [True, False]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b\n1,2\n", "needs the columns submission, student, name, score, confirmed. Mend or remove it."),
        (
            "submission,student,confirmed\nx,1,yes\nx,2,yes\n",
            "says that x is 1 and 2: leave yes in one of these rows.",
        ),
    ],
)
def test_what_is_wrong_with_it_is_said_in_a_sentence(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / matches.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(MatchesError) as error:
        matches.read(tmp_path)
    assert str(error.value).endswith(why)


def test_a_yes_is_one_submissions_one_student_and_can_be_taken_back() -> None:
    suggested = [Match("x", "1", "Ada", "90"), Match("x", "2", "Bob", "80"), Match("y", "1", "Ada", "80")]
    first = matches.confirmed(suggested, "x", "Ada")
    assert [one for one in first if one.is_confirmed] == [Match("x", "1", "Ada", "90", is_confirmed=True)]
    second = matches.confirmed(first, "x", "3")
    assert [one for one in second if one.is_confirmed] == [Match("x", "3", is_confirmed=True)]
    assert set(matches.confirmed(second, "x", "")) == set(suggested)
