"""Moodle's grading worksheet: its columns in any language, and what its importer would do with a file."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.exchange.errors import ExchangeError
from grader.exchange.moodle import SYSTEM, imported, sheet
from grader.exchange.template import parsed
from tests.fixtures import exports
from tests.fixtures.downloads import people

if TYPE_CHECKING:
    from grader.exchange.gradesheet import Gradesheet
    from tests.exchange.conftest import FillIn

BLIND = "Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade),Feedback comments\n"
ROW = "Participant 11,Submitted,{grade},10.00,{change},-,\n"


def read(text: str, column: str = "") -> Gradesheet:
    return sheet(parsed(text.encode(), "grades.csv", SYSTEM.separators), column)


@pytest.mark.parametrize(
    ("titles", "word", "title"),
    [
        (exports.ENGLISH, "Participant ", "Grade"),
        (exports.GERMAN, "Teilnehmer/in ", "Bewertung"),
        (exports.JAPANESE, "参加者", "評点"),
    ],
)
def test_columns_are_found_in_any_language(titles: tuple[str, ...], word: str, title: str) -> None:
    found = read(exports.moodle(people(3), {0: "2.00"}, titles=titles, word=word).decode())
    assert found.title == title
    assert (found.out_of, [entry.now for entry in found.entries]) == (Fraction(3), ["2.00", "", ""])
    one = found.entries[1].identity
    assert (one.moodle, one.email) == ("3001", "st.udent-001@example.org")


@pytest.mark.parametrize(
    ("maximum", "mark", "points"),
    [('"10,000"', ",", 10), ("10.000", ".", 10), ("1000", ".", 1000), ('"1000,5"', ",", Fraction("1000.5"))],
)
def test_a_separator_in_a_number_is_the_decimal_mark(maximum: str, mark: str, points: Fraction) -> None:
    """Moodle writes as many decimals as the grade item has, and nothing between thousands."""
    found = read(BLIND + ROW.format(grade="", change="Yes").replace("10.00", maximum))
    assert (found.mark, found.out_of) == (mark, points)


def test_both_separators_in_one_worksheet_are_refused() -> None:
    with pytest.raises(ExchangeError, match="a decimal point and others with a comma"):
        read(BLIND + ROW.format(grade='"1,5"', change="Yes"))


def test_a_worksheet_without_names_is_enough() -> None:
    found = read(BLIND + ROW.format(grade="", change="Yes"))
    assert [entry.identity.moodle for entry in found.entries] == ["11"]


@pytest.mark.parametrize("no", ["No", "Nein", "Não"])
def test_a_grade_that_is_locked_stays(no: str) -> None:
    found = read(BLIND + ROW.format(grade="1", change=no))
    assert found.entries[0].locked == "locked in Moodle"


def test_a_state_of_the_workflow_may_stand_before_it() -> None:
    titles = BLIND.replace("Grade can be changed", "Marking workflow state,Grade can be changed")
    found = read(titles + ROW.format(grade="1", change="Released,No"))
    assert found.entries[0].locked == "locked in Moodle"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("Participant 11", "11", "is no grading worksheet of Moodle"),
        ("Participant 11", "Ada", "is no grading worksheet of Moodle"),
        ("Participant 12", "Teilnehmer 12", "is no grading worksheet of Moodle"),
        (",", ";", "is no grading worksheet of Moodle"),
        ("10.00", "Good,", "cells, and there are"),
        ("10.00", "Good", "no column of grades with one for the maximum grade"),
        ("Last modified (grade)", "x", "last modified"),
        ("Last modified (grade)", "Last modified (submission)", "last modified"),
    ],
)
def test_what_moodle_would_refuse_is_refused_first(old: str, new: str, why: str) -> None:
    row = ROW.format(grade="", change="Yes")
    worksheet = BLIND + row + row.replace("11", "12")
    read(worksheet)
    with pytest.raises(ExchangeError, match=why):
        read(worksheet.replace(old, new))


class TestImporter:
    SHEET = BLIND + ROW.format(grade="", change="Yes")

    def test_it_reads_what_is_written(self) -> None:
        assert imported(self.SHEET.replace(",,10", ",7.5,10").encode(), read(self.SHEET)) == {
            "11": Fraction("7.5")
        }

    @pytest.mark.parametrize(
        ("old", "new", "why"),
        [
            ("Grade,", "", "columns are missing"),
            ("Participant 11", "11", "can't tell who"),
            (",,10", ",11,10", "would skip the mark 11"),
            (",,10", ",7½,10", "would not be read as a number"),
            (",,10", ",,10", "would not be read as a number"),
            (",-,", ',"-"-,', "can't be read back"),
        ],
    )
    def test_it_would_refuse_this_or_skip_it(self, old: str, new: str, why: str) -> None:
        with pytest.raises(ExchangeError, match=why):
            imported(self.SHEET.replace(old, new, 1).encode(), read(self.SHEET))


def test_what_moodle_has_of_comments_stays_as_it_is(fill_in: FillIn) -> None:
    (one,) = people(1)
    found = fill_in("moodle", exports.moodle([one], {}), {one: Fraction("2.5")})
    cells = b'"3.00","Yes","Tuesday, 24 November 2026, 10:00 AM","-","a comment,\nin two lines"'
    assert found.content.endswith(b',"2.5",' + cells + b"\r\n")
