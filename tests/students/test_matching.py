"""Students are found by what only they have, never by a guess; what is alike is suggested."""

from __future__ import annotations

import pytest

from grader.students import Identity
from grader.students.matching import called, key_of, match, name_keys, suggestions
from grader.students.roster import Listed

ROSTER = [
    Listed(Identity(name="Lovelace, Ada", id="007", email="ada@x.org", login="ada", canvas="104"), 2),
    Listed(Identity(name="Min Kim", id="008", email="kim@x.org"), 3),
    Listed(Identity(name="Kim Min", id="009", email="min@x.org"), 4),
    Listed(Identity(name="Jürgen Müller", id="010", github="juergen"), 5),
]


@pytest.mark.parametrize(
    ("person", "line"),
    [
        (Identity(canvas="104", name="somebody"), 2),
        (Identity(login="007"), 2),
        (Identity(email="ADA@x.org"), 2),
        (Identity(github="Juergen"), 5),
        (Identity(name="Ada Lovelace"), 2),
        (Identity(name="lovelaceada"), 2),
        (Identity(name="JÜRGEN  müller"), 5),
        (Identity(name="Kim, Min"), None),
        (Identity(name="Jurgen Muller"), None),
        (Identity(name="Ada"), None),
        (Identity(id="007", email="kim@x.org"), None),
        (Identity(), None),
    ],
)
def test_a_person_is_found_by_ids_then_by_a_name_that_nobody_else_has(
    person: Identity, line: int | None
) -> None:
    (found,) = match([person], ROSTER)
    assert (found.line if found else None) == line


def test_a_name_that_two_hand_ins_have_is_nobodys() -> None:
    ada = Identity(name="Ada Lovelace")
    assert match([ada, ada], ROSTER) == [None, None]
    first, second = match([ada, Identity(id="007")], ROSTER)
    assert (first, second) == (None, ROSTER[0]), "and one with an id comes before one with the name"


@pytest.mark.parametrize(
    ("label", "first"),
    [("hw1_lovelace_ada", 2), ("Jurgen Muller", 5), ("adalovelase", 2), ("mueller_juergen_final", 5)],
)
def test_what_is_alike_is_suggested_the_likeliest_first(label: str, first: int) -> None:
    found = suggestions(label, ROSTER)
    assert found[0].listed.line == first
    assert all(75 <= one.score <= 100 for one in found)


@pytest.mark.parametrize("label", ["", "hw1", "123", "mlp", "xyz"])
def test_nothing_is_suggested_where_nothing_is_alike(label: str) -> None:
    assert suggestions(label, ROSTER) == []


def test_a_person_may_name_a_student_by_any_id_or_by_the_exact_name() -> None:
    for text in ("007", "ADA", "ada@x.org", "104", "lovelace, ada"):
        assert called(text, ROSTER) == [ROSTER[0]]
    assert called("Lovelace", ROSTER) == []
    assert called("", ROSTER) == []
    assert all(called(key_of(one.identity), ROSTER) == [one] for one in ROSTER)


def test_equal_names_share_a_key_in_whatever_order_and_form() -> None:
    assert name_keys("Ada Lovelace") & name_keys("LOVELACE, Ada") & name_keys("Lovelace Ada")
    assert "lovelaceada" in name_keys("Ada Lovelace")
    assert not name_keys("Ada Lovelace") & name_keys("Ada Love")
    assert name_keys(" ,_ ") == frozenset()
