"""A roster: who is in the class, as a table that any system exports.

Any of its columns may be there. They are found by their headings, in English or German, as Canvas, Moodle,
Gradescope, Brightspace and spreadsheets of people have them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.students.identity import KEYS, Identity
from grader.students.tables import NotATable, lines, separator_of, text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.students.tables import Line

SPELLINGS: Final[Mapping[str, str]] = {
    "name": "name student fullname studentname displayname vollständigername vollername studierende",
    "first": "first firstname givenname forename vorname",
    "last": "last lastname surname familyname nachname familienname",
    "email": "email emailaddress mail emailadresse mailadresse",
    "id": """
        id studentid sid sisuserid sisid idnumber studentnumber studentno matriculationnumber orgdefinedid
        universityid matrikelnummer matrikelnr matrikel
    """,
    "login": """
        login username sisloginid loginid netid account kennung benutzername anmeldename nutzername
    """,
    "canvas": "canvas canvasid canvasuserid",
    "moodle": "moodle moodleid identifier participant participantid teilnehmerid",
    "github": "github githubid githublogin githubuser githubusername",
    "section": "section sections abschnitt tutorium tutorial class kurs",
    "group": "group groups groupname gruppe gruppen gruppenname team teamname",
}
"""Headings of each column, without spaces, hyphens and capital letters."""
COLUMN_OF: Final = {spelling: column for column, own in SPELLINGS.items() for spelling in own.split()}
TELLING: Final = frozenset({"name", "first", "last", *KEYS})
"""Columns of which a roster needs one: the others don't tell who is who."""
NO_PERSON: Final = re.compile(r"points possible|student, test|test student", re.IGNORECASE)
"""What Canvas has in the column of names for no student."""
PARTICIPANT: Final = re.compile(r"\D+ (\d+)")
"""What Moodle calls a participant, in any language."""
PROTECTED: Final = re.compile(r'="(.*)"|#(.+)')
"""What keeps spreadsheets from taking an id for a number, in some exports."""
SHOWN: Final = 6


class RosterError(ValueError):
    """A roster can't be used; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A student in a roster.

    Args:
        identity: what the roster says.
        line: the line that it says so in.
        group: the name of the student's group; "" without one.
    """

    identity: Identity
    line: int
    group: str = ""


def read(data: bytes, name: str) -> list[Listed]:
    """Return the students of a roster.

    Args:
        data: the content of its file.
        name: the file's name, for messages.

    Raises:
        RosterError: it is no table, has no column or student that tells anything, or one of them twice.
    """
    try:
        text = text_of(data)
        rows = list(lines(text, separator_of(text, lambda heading: _squeezed(heading) in COLUMN_OF)))
    except NotATable as error:
        raise RosterError(f"{name} is not a roster: {error}.") from error
    if not rows:
        raise RosterError(f"{name} is not a roster: it is empty.")
    columns = columns_in(rows[0].cells)
    if TELLING.isdisjoint(columns.values()):
        found = ", ".join(heading[:40] or '""' for heading in rows[0].cells[:SHOWN])
        raise RosterError(
            f"{name} has no column that tells who is who: its first row is {found}. There must be one of "
            "name, first name, last name, id, email, login, Canvas id, Moodle id, GitHub."
        )
    listed = [one for row in rows[1:] if (one := student_in(row, columns)) is not None]
    if not listed:
        raise RosterError(f"{name} lists no students: there is nobody below its headings.")
    _require_different(listed, name)
    return listed


def columns_in(headings: Sequence[str]) -> dict[int, str]:
    """Return what each column is, by its place; those that nobody needs are left out."""
    squeezed = {place: _squeezed(one) for place, one in enumerate(headings)}
    found = {place: COLUMN_OF[one] for place, one in squeezed.items() if one in COLUMN_OF}
    if {"sisuserid", "sisloginid"} & set(squeezed.values()):
        found |= {place: "canvas" for place, one in squeezed.items() if one == "id"}
    return found


def student_in(row: Line, columns: Mapping[int, str]) -> Listed | None:
    """Return the student of a row, or None. Of equal columns the first with a value counts."""
    values: dict[str, str] = {}
    for place, column in columns.items():
        value = _unprotected(row.cells[place]) if place < len(row.cells) else ""
        participant = PARTICIPANT.fullmatch(value) if column in {"id", "moodle"} else None
        if participant:
            column, value = "moodle", participant[1]  # noqa: PLW2901 - of this cell
        if value:
            values.setdefault(column, value)
    group = values.pop("group", "")
    first, last = values.pop("first", ""), values.pop("last", "")
    values.setdefault("name", " ".join(one for one in (first, last) if one))
    identity = Identity(**values)
    is_person = any(getattr(identity, key) for key in ("name", *KEYS))
    if not is_person or NO_PERSON.fullmatch(identity.name):
        return None
    return Listed(identity, row.number, group)


def _require_different(listed: Sequence[Listed], name: str) -> None:
    """Raise `RosterError` if two students have the same of what only one can have."""
    for key in KEYS:
        seen: dict[str, Listed] = {}
        for one in listed:
            value = getattr(one.identity, key)
            other = seen.setdefault(value.casefold(), one) if value else one
            if other is not one:
                raise RosterError(
                    f"{name} has two students with the {key} {value[:60]}: in line {other.line} "
                    f"({other.identity.called[:60]}) and in line {one.line} ({one.identity.called[:60]})."
                )


def _unprotected(value: str) -> str:
    found = PROTECTED.fullmatch(value)
    return value if found is None else found[1] or found[2] or ""


def _squeezed(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading).casefold()
