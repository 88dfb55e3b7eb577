"""Gradescope, Brightspace, Blackboard and other tables: their columns, and what an importer would do."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.exchange.errors import ExchangeError
from grader.exchange.systems import SYSTEMS
from grader.exchange.template import parsed
from tests.fixtures import exports
from tests.fixtures.downloads import people
from tests.fixtures.exports import EXPORTS, OPTIONS

if TYPE_CHECKING:
    from grader.exchange.gradesheet import Gradesheet
    from tests.exchange.conftest import FillIn


def read(name: str, data: bytes | str, column: str = "") -> Gradesheet:
    content = data.encode() if isinstance(data, str) else data
    return SYSTEMS[name].sheet(parsed(content, "grades.csv", SYSTEMS[name].separators), column)


def by_rules(name: str, text: str) -> dict[str, Fraction]:
    """What the importer reads of a file, of which the first row is that of the template."""
    found = SYSTEMS[name].imported(text.encode(), read(name, f"{text.splitlines()[0]}\n"))
    return dict(found)


class TestGradescope:
    def test_the_grades_of_a_course_have_a_column_for_each_assignment(self) -> None:
        titles = "First Name,Last Name,SID,Email,Sections,HW1,HW1 - Max Points,HW2,HW2 - Max Points\n"
        found = read("gradescope", f"{titles}Ada,Kim,007,a@b.c,A,,10.0,2,20.0\n", "HW2")
        assert (found.title, found.out_of, found.entries[0].now) == ("HW2", Fraction(20), "2")
        with pytest.raises(ExchangeError, match="There are: HW1 and HW2"):
            read("gradescope", titles)

    def test_all_rows_and_columns_stay(self, fill_in: FillIn) -> None:
        group = people(3)
        data = exports.gradescope(group, {0: "1"})
        found = fill_in("gradescope", data, dict.fromkeys(group, Fraction(1)))
        assert found.content == data.replace(b",A,,3.0", b",A,1,3.0")

    def test_a_table_without_a_maximum_is_none_of_gradescopes(self) -> None:
        with pytest.raises(ExchangeError, match="has no grades of Gradescope"):
            read("gradescope", "Name,Email,Total Score\n")

    def test_two_rows_about_one_student_are_refused(self) -> None:
        with pytest.raises(ExchangeError, match=r"Two rows are about a@b.c"):
            by_rules("gradescope", "Name,Email,Total Score,Max Points\nA,a@b.c,1,3\nB,a@b.c,2,3\n")


class TestBrightspace:
    def test_a_column_says_its_maximum_or_nothing(self) -> None:
        titles = "Username,H Points Grade,G Points Grade <Numeric MaxPoints:12.5>,End-of-Line Indicator\n"
        assert read("brightspace", titles, "H").out_of is None
        assert read("brightspace", titles, "G").out_of == Fraction("12.5")

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("Username,H Points Grade\n", "End-of-Line Indicator"),
            ("Name,H Points Grade,End-of-Line Indicator\n", "must have OrgDefinedId or Username"),
            ("Username,H Text Grade,End-of-Line Indicator\n", "no column that marks can be in"),
            ("Username,H Points Grade,End-of-Line Indicator\na,1,\n", "line 2: # is missing"),
        ],
    )
    def test_what_it_would_refuse_is_refused_first(self, text: str, why: str) -> None:
        with pytest.raises(ExchangeError, match=why):
            read("brightspace", text)

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("a,1,\n", "would not read the row"),
            (",1,#\n", "would not read the row"),
            ("a,1,#\na,2,#\n", "would not read the row"),
            ("a,11,#\n", "would cap the mark 11"),
            ("a,,#\n", "would not be read as a number"),
        ],
    )
    def test_its_rules_refuse_what_would_be_lost(self, text: str, why: str) -> None:
        with pytest.raises(ExchangeError, match=why):
            by_rules("brightspace", f"Username,H Points Grade <MaxPoints:10>,End-of-Line Indicator\n{text}")

    def test_names_are_not_sent_back(self, fill_in: FillIn) -> None:
        (one,) = people(1)
        found = fill_in("brightspace", exports.brightspace([one], {}), {one: Fraction(1)}, "Homework 1")
        assert b"Lovelace" not in found.content


class TestBlackboard:
    def test_a_column_without_a_number_would_become_a_new_one(self) -> None:
        with pytest.raises(ExchangeError, match="no column that marks can be in"):
            read("blackboard", "Username\tHomework 1\nada\t\n")
        with pytest.raises(ExchangeError, match="or make a new one"):
            SYSTEMS["blackboard"].imported(
                b"Username\tHomework\nada\t1\n", read("blackboard", "Username\tH [Total Pts: 3] |7\n")
            )

    def test_a_column_is_named_by_title_or_number(self) -> None:
        data = exports.blackboard(people(1), {})
        for name in ("Homework 1", "664617"):
            found = read("blackboard", data, name)
            assert (found.column, found.out_of) == (7, Fraction(3))

    @pytest.mark.parametrize(
        ("text", "why"),
        [("\t1\n", "can't tell who"), ("a\t1\na\t1\n", "can't tell who"), ("a\tx\n", "'x' for a")],
    )
    def test_its_rules_refuse_what_would_be_lost(self, text: str, why: str) -> None:
        with pytest.raises(ExchangeError, match=why):
            by_rules("blackboard", f"Username\tH [Total Pts: 3 Score] |7\n{text}")

    def test_without_logins_nobody_is_known(self) -> None:
        with pytest.raises(ExchangeError, match="has no column Username"):
            read("blackboard", "Last Name\tH |7\n")


class TestOtherTables:
    def test_the_column_has_to_be_named_unless_there_is_one(self) -> None:
        assert read("csv", "Name;Mark\nAda;\n").title == "Mark"
        with pytest.raises(ExchangeError, match=r"Name it with --column. There are: Mark and Note"):
            read("csv", "Name;Mark;Note\nAda;;\n")

    def test_it_must_tell_who_is_who(self) -> None:
        with pytest.raises(ExchangeError, match="no column that tells who is who"):
            read("csv", "Mark\n1\n")

    def test_formulas_of_others_stay_as_they_are(self, fill_in: FillIn) -> None:
        """The file is the instructor's own: what is in it stays, and what is added is a number."""
        (one,) = people(1)
        data = f"id;Name;Mark\n{one.id};=1+1;\n".encode()
        found = fill_in("csv", data, {one: Fraction("2.5")}, "Mark")
        assert found.content == f"id;Name;Mark\n{one.id};=1+1;2,5\n".encode()


def test_every_system_has_a_template_and_an_upload_in_words() -> None:
    for system in SYSTEMS.values():
        assert system.template
        assert system.upload.endswith(".")
    assert EXPORTS.keys() == SYSTEMS.keys() == OPTIONS.keys()
