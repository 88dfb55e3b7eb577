"""A roster is read as any system writes it; whatever is wrong with one has a sentence, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.students import Identity
from grader.students.roster import COLUMN_OF, RosterError, read

ADA = Identity(name="Ada Lovelace", email="ada@x.org", id="007")


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,HW1 (5)
,,,,,Manual Posting
    Points Possible,,,,,10
"Lovelace, Ada",104,007,ada,A,9
"Student, Test",999,,,A,
"""
NO_COLUMN = (
    "roster.csv has no column that tells who is who: its first row is grade, section. There must be one of "
    "name, first name, last name, id, email, login, Canvas id, Moodle id, GitHub."
)


def identities(text: str | bytes) -> list[Identity]:
    return [one.identity for one in read(text if isinstance(text, bytes) else text.encode(), "roster.csv")]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_separator_is_the_same_roster(codec: str, separator: str, end: str) -> None:
    rows = [["Matrikel-Nr.", "Vollständiger Name", "E-Mail"], ["007", '"Müller; Zoë, Jr. ""Z"""', "z@x.org"]]
    text = end.join([*(separator.join(row) for row in rows), "", separator * 2, ""])
    assert identities(text.encode(codec)) == [
        Identity(name='Müller; Zoë, Jr. "Z"', email="z@x.org", id="007")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            CANVAS,
            Identity(name="Lovelace, Ada", id="007", login="ada", canvas="104", section="A"),
        ),
        (
            "Identifier,Full name,Email address,Status\nParticipant 111,Ada Lovelace,ada@x.org,Submitted\n",
            Identity(name="Ada Lovelace", email="ada@x.org", moodle="111"),
        ),
        (
            "ID;Vollständiger Name;E-Mail-Adresse\nTeilnehmer/in 111;Ada Lovelace;ada@x.org\n",
            Identity(name="Ada Lovelace", email="ada@x.org", moodle="111"),
        ),
        ("First Name,Last Name,SID,Email\nAda,Lovelace,007,ada@x.org\n", ADA),
        ("Vorname;Nachname;Matrikelnummer;E-Mail\nAda;Lovelace;007;ada@x.org\n", ADA),
        (
            "OrgDefinedId,Username,Last Name,First Name\n#007,#ada,Lovelace,Ada\n",
            Identity(name="Ada Lovelace", id="007", login="ada"),
        ),
        ('id,GitHub\n"=""007""",octo-cat\n', Identity(id="007", github="octo-cat")),
        ("Email,Email address,Name\n,ada@x.org,Ada\n", Identity(name="Ada", email="ada@x.org")),
        ("name\n  Ada   Lovelace \n", Identity(name="Ada Lovelace")),
    ],
)
def test_the_exports_of_other_systems_are_rosters(text: str, expected: Identity) -> None:
    assert identities(text) == [expected]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "roster.csv is not a roster: it is empty."),
        (b"\n\n , ,\n", "roster.csv is not a roster: it is empty."),
        (b"PK\x03\x04", "roster.csv is not a roster: it is the workbook of a spreadsheet: save it as CSV."),
        (bytes(range(256)) * 4, "roster.csv is not a roster: it is no text: save it as CSV in UTF-8."),
        (b"name,id\n", "roster.csv lists no students: there is nobody below its headings."),
        (b"grade,section\n1,A\n", NO_COLUMN),
        (
            b"name,id\nAda,7\nBob,8\n\nEve,7\n",
            "roster.csv has two students with the id 7: in line 2 (Ada) and in line 5 (Eve).",
        ),
        (
            b"name,email\nAda,A@x.org\nBob,a@X.org\n",
            "roster.csv has two students with the email a@X.org: in line 2 (Ada) and in line 3 (Bob).",
        ),
        (
            b'name,login\n"Ada\nLovelace",a\nBob,a\n',
            "roster.csv has two students with the login a: in line 2 (Ada Lovelace) and in line 4 (Bob).",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_roster_is_said_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(RosterError) as error:
        read(data, "roster.csv")
    assert str(error.value) == why


def test_groups_are_read_with_their_members() -> None:
    listed = read(b"name,Gruppe\nAda,Team 1\nBob,\n", "roster.csv")
    assert [(one.identity.name, one.group) for one in listed] == [("Ada", "Team 1"), ("Bob", "")]


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_give_students_or_a_sentence(data: bytes) -> None:
    try:
        listed, why = read(data, "roster.csv"), ""
    except RosterError as error:
        listed, why = [], str(error)
    assert listed or why.startswith("roster.csv ")


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters='"=#'), min_size=1, max_size=12
)


@given(st.lists(CELLS, min_size=1, max_size=5, unique_by=str.casefold), st.sampled_from([",", ";", "\t"]))
def test_whatever_students_are_called_each_is_listed_once(names: list[str], separator: str) -> None:
    rows = "".join(f'"{name}"{separator}{number}\n' for number, name in enumerate(names))
    listed = identities(f"name{separator}id\n{rows}")
    assert [one.name for one in listed] == names


def test_no_heading_means_two_things() -> None:
    assert len(COLUMN_OF) > 60
