"""The gradebook opens in a spreadsheet, and nothing in it is taken for a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest

from grader.reporting import gradebook, report
from tests.fixtures.reports import CONTEXT, not_judged_softmax, result
from tests.fixtures.reports import report as made_up

if TYPE_CHECKING:
    from pathlib import Path

RELU = result("relu", 0.0)
TANH = result("tanh", 0.0)


def test_there_is_a_row_for_each_submission_and_a_column_for_each_exercise(tmp_path: Path) -> None:
    bob = made_up("bob", result("relu", 4.0), result("tanh", 1.5))
    alice = report.not_graded("alice", CONTEXT, "The disk was full.")
    path = gradebook.write(tmp_path, [bob, alice], [RELU, TANH])
    assert path.read_text() == (
        "submission,status,points,max_points,bonus,relu,tanh\n"
        "alice,not_graded,,,,,\n"
        "bob,graded,5.5,8.0,0.0,4.0,1.5\n"
    )


def test_an_exercise_with_open_points_has_an_empty_cell() -> None:
    alice = made_up("alice", not_judged_softmax(), result("relu", 4.0))
    text = gradebook.table([alice], alice.exercises)
    assert text.splitlines()[1] == "alice,graded,5.0,8.0,0.0,,4.0"


@pytest.mark.parametrize(
    "name",
    [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\t", "\N{MINUS SIGN}1",
        "\N{FULLWIDTH EQUALS SIGN}1", "\N{FULLWIDTH PLUS SIGN}1", "\N{FULLWIDTH HYPHEN-MINUS}1",
        "\N{FULLWIDTH COMMERCIAL AT}SUM(A1)", "\N{SMALL EQUALS SIGN}1", "\N{SUPERSCRIPT PLUS SIGN}1",
        " =1", "\N{NO-BREAK SPACE}=1", "\N{IDEOGRAPHIC SPACE}=1", "'=1", '"=1', "`=1", "\ufeff=1", "\u200b=1",
        "\x00=1", " '\ufeff\" =1",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_name_that_begins_like_a_formula_gets_an_apostrophe(name: str) -> None:
    assert gradebook.cell(name) == f"'{name}"


@pytest.mark.parametrize("name", ["alice", "a=b", "a-b", "", " ", "'", "5", "O'Neil", "_-x", "é", "(=1)"])
def test_other_names_get_none(name: str) -> None:
    assert gradebook.cell(name) == name


def test_a_row_begins_with_the_safe_name() -> None:
    assert gradebook.table([made_up("=1+1")], []).splitlines()[1].startswith("'=1+1,graded")


def test_names_with_commas_quotes_and_letters_of_all_kinds_come_through() -> None:
    name = 'Łukasz, "Lu" 山'
    rows = list(csv.reader(io.StringIO(gradebook.table([made_up(name)], []), newline="")))
    assert rows[1][0] == name


def test_exercises_of_the_same_name_are_told_apart_by_their_sections() -> None:
    same = [result("relu", 1.0), result("relu", 2.0, module="cnn"), result("tanh", 3.0)]
    rows = list(csv.DictReader(io.StringIO(gradebook.table([made_up("alice", *same)], same))))
    assert (rows[0]["mlp.relu"], rows[0]["cnn.relu"], rows[0]["tanh"]) == ("1.0", "2.0", "3.0")
