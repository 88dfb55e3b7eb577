"""Canvas' gradebook: which column is filled in, and what its importer would do with a file."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.exchange.canvas import SYSTEM, imported, sheet, student_columns
from grader.exchange.errors import ExchangeError
from grader.exchange.template import parsed
from tests.fixtures import exports
from tests.fixtures.downloads import people
from tests.fixtures.exports import COLUMN

if TYPE_CHECKING:
    from grader.exchange.gradesheet import Gradesheet
    from tests.exchange.conftest import FillIn

HEAD = "Student,ID,SIS User ID,SIS Login ID,Section"


def read(text: str, column: str = "") -> Gradesheet:
    return sheet(parsed(text.encode(), "grades.csv", SYSTEM.separators), column)


def by_rules(text: str) -> dict[str, Fraction]:
    """What Canvas reads in a file."""
    data = text.encode()
    return imported(data, read(f"{HEAD},H (1)\n"))


class TestColumn:
    def test_it_is_named_by_title_or_number(self) -> None:
        data = exports.canvas(people(2), {}).decode()
        for name in (COLUMN, "Homework 1", "5001"):
            assert read(data, name).title == COLUMN

    def test_the_only_one_needs_no_name_and_of_several_one_has_to_be_named(self) -> None:
        assert read(f"{HEAD},H (1),Final Score\n").title == "H (1)"
        with pytest.raises(ExchangeError, match=r"Name it with --column. There are: H \(1\) and G \(2\)"):
            read(f"{HEAD},H (1),G (2),Final Score\n")
        with pytest.raises(ExchangeError, match=r"has no column H3 for marks. There are: H \(1\) and"):
            read(f"{HEAD},H (1),G (2)\n", "H3")
        with pytest.raises(ExchangeError, match=r"has several columns H: H \(1\) and H \(2\)"):
            read(f"{HEAD},H (1),H (2)\n", "H")

    @pytest.mark.parametrize(
        "title", ["Final Score bonus (9)", "My Current Points (9)", "Override Grade test (9)"]
    )
    def test_one_that_canvas_ignores_because_of_its_title_is_refused(self, title: str) -> None:
        with pytest.raises(ExchangeError, match="Canvas passes over a column called"):
            read(f"{HEAD},{title}\n", title)
        assert read(f"{HEAD},final score of a Finals Week (9)\n").out_of is None

    def test_one_that_is_read_only_is_refused(self) -> None:
        with pytest.raises(ExchangeError, match="it is read only"):
            read(f"{HEAD},H (1)\n    Points Possible,,,,,(read only)\n", "H")


class TestStudents:
    def test_the_test_student_is_none_and_hidden_columns_are_none(self) -> None:
        found = read(exports.canvas(people(3), {0: "EX"}).decode(), "5001")
        assert [entry.key for entry in found.entries] == ["7000", "7001", "7002"]
        assert found.out_of == 3
        assert found.head == 3

    def test_without_the_row_of_points_there_is_no_maximum(self) -> None:
        found = read(f'{HEAD},H (1)\n"Kim, Ada",7,007,ada,A,\n')
        assert (found.out_of, found.head) == (None, 1)
        assert found.entries[0].identity.called == "Kim, Ada"

    def test_names_in_two_columns_are_read_too(self) -> None:
        found = read("LastName,FirstName,ID,Section,H (1)\nKim,Ada,7,A,2\n")
        assert (found.entries[0].identity.name, found.entries[0].key) == ("Ada Kim", "7")
        assert found.kept == (0, 1, 2, 3, 4)

    def test_excused_ones_and_those_who_need_not_do_it_keep_what_they_have(self, fill_in: FillIn) -> None:
        group = people(3)
        data = exports.canvas(group, {0: "EX", 1: "N/A", 2: "ex"})
        found = fill_in("canvas", data, dict.fromkeys(group, Fraction(1)), COLUMN)
        assert [reason for _, reason in found.left_out] == [
            "excused in Canvas", "not assigned to this student in Canvas", "excused in Canvas",
        ]  # fmt: skip
        assert found.content == b""

    @pytest.mark.parametrize(
        ("titles", "section"),
        [
            (["Student", "ID", "Section", "H (1)"], 2),
            (["Student", "ID", "SIS Login ID", "Section", "H (1)"], 3),
            (["Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Section", "H"], 5),
            (["Student", "ID", "SIS User ID", "SIS Login ID", "Root Account", "Section", "H"], 5),
            (["LastName", "FirstName", "ID", "SIS Login ID", "Section", "H (1)"], 4),
            (["Student", "ID", "Section"], None),
            (["Student", "Number", "Section", "H"], None),
            (["Student", "ID", "SIS User ID", "Section", "H"], None),
            (["Student", "ID", "H (1)", "Section"], None),
            (["\ufeffLastName", "FirstName", "ID", "Section", "H (1)"], None),
        ],
    )
    def test_the_header_is_one_that_canvas_accepts(self, titles: list[str], section: int | None) -> None:
        found = student_columns(titles)
        assert (found.section if found else None) == section


class TestImporter:
    """Its rules refuse what would be lost or misread."""

    def test_it_reads_points_and_commas_and_guesses_the_separator(self) -> None:
        assert by_rules(f"{HEAD},H (1)\nA,7,,a,S,7.5\n") == {"7": Fraction("7.5")}
        assert by_rules(f'{HEAD},H (1)\nA,7,,a,S,"1.234,5"\n') == {"7": Fraction("1234.5")}
        semicolons = f"{HEAD},H (1)\nA,7,,a,S,7.5\n".replace(",", ";").replace(".", ",")
        assert by_rules(semicolons) == {"7": Fraction("7.5")}

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("Student,Number,Section,H (1)\n", "Invalid header row"),
            (f"{HEAD},Homework\n", "make a new assignment 'Homework'"),
            (f"{HEAD},H (1)\nA,7,,a,S,\n", "take '' for a change"),
            (f"{HEAD},H (1)\nA,7,,a,S,EX\n", "take 'EX' for a change"),
            (f"{HEAD},H (1)\nA,7,,a,S,50%\n", "take '50%' for a change"),
            (f"{HEAD},H (1)\nA,,,,S,1\n", "can't tell who the row of 'A'"),
            (f"{HEAD},H (1)\nA,7,,a,S,1\nB,7,,b,S,2\n", "can't tell who the row of 'B'"),
            (f'\ufeff"Student",{HEAD[8:]},H (1)\n', "quotes behind its byte order mark"),
            (f'{HEAD},H (1)\n"A" B,7,,a,S,1\n', "can't read the file"),
        ],
    )
    def test_it_would_refuse_this_or_do_more(self, text: str, why: str) -> None:
        with pytest.raises(ExchangeError, match=why):
            by_rules(text)

    def test_it_passes_over_columns_that_are_called_like_totals(self) -> None:
        with pytest.raises(ExchangeError, match="take '' for a change"):
            by_rules(f"{HEAD},H Final Score (1)\nA,7,,a,S,1\n")

    def test_other_encodings_are_not_read(self) -> None:
        with pytest.raises(ExchangeError, match="not in UTF-8"):
            imported(f"{HEAD},H (1)\nÄ,7,,a,S,1\n".encode("cp1252"), read(f"{HEAD},H (1)\n"))
