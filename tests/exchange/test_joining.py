"""Who is who: by ids, by names that nobody else has, and never because a team has somebody's number."""

from __future__ import annotations

import pytest

from grader.exchange.joining import joined, same_keys
from grader.reporting.gradebook import Row
from grader.students import Identity

ADA = Identity(name="Lovelace, Ada", moodle="111", email="ada@b.c", login="ada")
BORA = Identity(name="Park, Bora", moodle="112", email="bora@b.c", login="bora")


def row(submission: str = "sub", **known: str) -> Row:
    return Row(submission, Identity(**known), "", None)


@pytest.mark.parametrize(
    ("one", "person"),
    [
        (row(moodle="112"), 1),
        (row(moodle="112", name="Bora Park"), 1),
        (row(email="ADA@b.c"), 0),
        (row(id="bora"), 1),
        (row("ada"), 0),
        (row(name="Ada Lovelace"), 0),
        (row(name="Ada"), None),
        (row(moodle="111", email="bora@b.c"), None),
        (row(moodle="112", name="Team Turing"), None),
        (row(moodle="112", name="Bora P.", email="bora@b.c"), 1),
    ],
)
def test_a_row_is_about_one_person_or_nobody(one: Row, person: int | None) -> None:
    assert joined([one], [ADA, BORA]) == [person]


def test_two_rows_about_one_person_are_about_nobody() -> None:
    assert joined([row(login="ada"), row(email="ada@b.c"), row(login="bora")], [ADA, BORA]) == [None, None, 1]


def test_the_ids_that_are_the_same_are_known() -> None:
    assert same_keys(row(email="Ada@b.c", login="x"), ADA) == {"email"}
    assert same_keys(row(name="Ada Lovelace"), ADA) == frozenset()
