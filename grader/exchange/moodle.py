"""Moodle's grading worksheet, and the rules by which Moodle takes it back.

The rules are those of `mod/assign/feedback/offline/importgradeslib.php` and `locallib.php` in
https://github.com/moodle/moodle, the columns those of `mod/assign/gradingtable.php` there (read at commits
452e36fc, 04975560 and 003699db), and how numbers are read, of `unformat_float` in `lib/moodlelib.php`. All
titles are in the language of whoever downloads the worksheet, so columns are found by their order and by what
is in them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from grader.exchange.decimals import number_in
from grader.exchange.errors import ExchangeError
from grader.exchange.gradesheet import (
    Entry,
    Gradesheet,
    System,
    chosen,
    people_in,
    rows_of,
)
from grader.exchange.template import AGAIN
from grader.students.identity import UNKNOWN, Identity

if TYPE_CHECKING:
    from grader.exchange.template import Template

PARTICIPANT: Final = re.compile(r"(\D+?)(\d+)")
"""What the first column says: a word for a participant in some language, and a number."""
OPENING: Final = ("(", "\uff08")
CLOSING: Final = (")", "\uff09")
OF_SUBMISSION: Final = "Last modified (submission)"
REFUSED: Final = frozenset(
    {"no", "nein", "non", "não", "nee", "nej", "nei", "nie", "ei", "нет", "いいえ", "否"}
)
"""What "Grade can be changed" says of a grade that is locked, in some languages."""


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in a grading worksheet. Raises `ExchangeError`."""
    records = [(n, one) for n, one in enumerate(template.records) if n and not one.is_blank]
    ids = {number: PARTICIPANT.fullmatch(record.values[0].strip()) for number, record in records}
    words = {found[1] for found in ids.values() if found}
    if not ids or None in ids.values() or len(words) != 1:
        raise ExchangeError(
            f"{template.name} is no grading worksheet of Moodle: its first column must have the "
            f"participants. {AGAIN}"
        )
    column = chosen(template, _grades(template), wanted)
    _require_modified(template, column)
    mark = _mark(template, column)
    known = dict(people_in(template, 1))
    has_names = len({record.values[1] for _, record in records}) * 2 > len(records)
    places = range(1, len(template.titles))
    address = next((place for place in places if _has_addresses(template, place)), None)
    changeable = _changeable(template, column + 2)
    entries = []
    for number, record in records:
        found = ids[number]
        participant = found[2] if found else ""
        name = " ".join(record.values[1].split()) if has_names else ""
        who = known.get(number, UNKNOWN).updated(Identity(moodle=participant))
        identity = Identity(name=name).updated(who)
        if address is not None:
            identity = identity.updated(Identity(email=record.values[address].strip()))
        is_locked = any(record.values[place].strip().casefold() in REFUSED for place in changeable)
        locked = "locked in Moodle" if is_locked else ""
        now = record.values[column].strip()
        entries.append(Entry(record=number, identity=identity, key=participant, now=now, locked=locked))
    out_of = number_in(template.records[records[0][0]].values[column + 1], mark)
    return Gradesheet(template=template, column=column, entries=tuple(entries), out_of=out_of, mark=mark)


def imported(written: bytes, sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks that Moodle reads.

    Raises `ExchangeError` if it would refuse the file, or skip a row.
    """
    titles, *rows = rows_of(written, ",")
    if titles != list(sheet.template.titles):
        raise ExchangeError("Moodle would refuse the file: columns are missing.")
    marks: dict[str, Fraction] = {}
    for row in rows:
        found = PARTICIPANT.fullmatch(row[0].strip())
        key = found[2] if found else ""
        if not key or key in marks:
            raise ExchangeError(f"Moodle can't tell who the row of {row[0]!r} is about.")
        value = _as_read(row[sheet.column], sheet.mark)
        if value is None:
            raise ExchangeError(f"{row[sheet.column]!r} of {row[0]!r} would not be read as a number.")
        if sheet.out_of is not None and value > sheet.out_of:
            raise ExchangeError(f"Moodle would skip the mark {value} of {row[0]!r}: it is above the maximum.")
        marks[key] = value
    return marks


def _grades(template: Template) -> dict[int, list[str]]:
    """Return the columns that may have the grades: those before one that has a maximum in every row."""
    rows = [record.values for record in template.records[1:] if not record.is_blank]
    found = {}
    for column in range(1, len(template.titles) - 1):
        maxima = {row[column + 1].strip() for row in rows}
        grades = {row[column].strip() for row in rows} - {""}
        are_grades = all(_is_number(one) for one in grades)
        if len(maxima) == 1 and all(map(_is_number, maxima)) and are_grades:
            found[column] = [template.titles[column]]
    if not found:
        raise ExchangeError(
            f"{template.name} has no column of grades with one for the maximum grade behind it. Download the "
            "grading worksheet again. (An assignment that is graded on a scale takes no points.)"
        )
    return found


def _require_modified(template: Template, column: int) -> None:
    """Raise `ExchangeError` if the column is missing that says when grades were changed."""
    behind = [one for one in template.titles[column + 1 :] if _says_when(one)]
    if not [one for one in behind if one.strip() != OF_SUBMISSION]:
        raise ExchangeError(
            f"{template.name} has no column that says when grades were last modified, without which Moodle "
            f"refuses it. {AGAIN}"
        )


def _changeable(template: Template, first: int) -> list[int]:
    """Return where it may say that a grade can't be changed: behind the maximum, or the workflow's state."""
    places = range(first, min(first + 2, len(template.titles)))
    return [one for one in places if not _says_when(template.titles[one])]


def _has_addresses(template: Template, column: int) -> bool:
    rows = [record.values for record in template.records[1:] if not record.is_blank]
    return all("@" in row[column].strip("@ ") for row in rows)


def _says_when(title: str) -> bool:
    """Return whether a title ends in brackets, as that of the time of a change does in any language."""
    stripped = title.strip()
    return stripped.endswith(CLOSING) and any(bracket in stripped[1:] for bracket in OPENING)


def _is_number(text: str) -> bool:
    return number_in(text, ".") is not None


SYSTEM: Final = System(
    name="moodle",
    title="Moodle",
    template="the file of Download grading worksheet, in the assignment's list of submissions",
    separators=",",
    sheet=sheet,
    imported=imported,
    caps="skips marks above the maximum",
    upload="In Moodle: the assignment > Submissions > Upload grading worksheet, with UTF-8 and comma.",
)


def _mark(template: Template, column: int) -> str:
    """Return the decimal mark of a worksheet, which has no marks between thousands; a point if there is none.

    A point is read as one in every language, a comma only where it is the decimal mark.
    """
    cells = [cell for record in template.records[1:] for cell in record.values[column : column + 2]]
    marks = {mark for mark in ",." for cell in cells if mark in cell}
    if len(marks) > 1:
        raise ExchangeError(
            f"{template.name} has numbers with a decimal point and others with a comma. {AGAIN}"
        )
    return marks.pop() if marks else "."


def _as_read(text: str, mark: str) -> Fraction | None:
    """Return the number that Moodle reads, as its `unformat_float` does; None if it is none."""
    plain = text.replace(" ", "").replace(mark, ".")
    return Fraction(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None
