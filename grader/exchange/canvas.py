"""Canvas' gradebook: the CSV of "Export Entire Gradebook", and the rules by which Canvas imports it.

The rules are those of `lib/gradebook_importer.rb` in https://github.com/instructure/canvas-lms (read at
commit 00b222d7); what is exported, of `lib/gradebook_exporter.rb` there.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.exchange.decimals import number_in
from grader.exchange.errors import ExchangeError
from grader.exchange.gradesheet import Entry, Gradesheet, System, chosen, mark_of
from grader.exchange.template import AGAIN, require_unchanged
from grader.students import Identity
from grader.students.roster import NO_PERSON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.exchange.template import Template

IGNORED: Final = re.compile("(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)")
"""Titles of columns that Canvas passes over without a word, wherever in the title this stands."""
WITH_ID: Final = re.compile(r"(?s)(.*)\s\((\d+)\)")
"""The title of an assignment's column."""
POINTS: Final = "Points Possible"
READ_ONLY: Final = re.compile(r"read\s+only")
NOT_STUDENTS: Final = re.compile(r"(?i)(?:Muted|Manual Posting.*)?")
"""What the cells of the row say that tells which assignments are hidden."""
SKIPPED_LINE: Final = re.compile(r"[;, ]+")
PLAIN_NUMBER: Final = re.compile(r"-?[0-9.,]+%?")
FEWEST: Final = 3
"""Columns that are too few."""
GUESSED_FROM: Final = 3
"""Lines that Canvas guesses the separator from."""


class Columns(NamedTuple):
    """Where Canvas finds what about a student: the places of columns, None for those that aren't there."""

    name: int
    id: int
    sis: int | None
    login: int | None
    section: int

    @property
    def names(self) -> range:
        """The columns that the name is in."""
        return range(self.name, self.id)


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in Canvas' gradebook. Raises `ExchangeError`."""
    columns = student_columns(template.titles)
    if columns is None:
        raise ExchangeError(
            f"{template.name} is no gradebook of Canvas: its first row must have Student, ID and Section. "
            f"{AGAIN}"
        )
    require_unchanged(template, [one for one in (columns.id, columns.sis, columns.login) if one is not None])
    first = columns.section + 1
    column = chosen(template, _assignments(template, first), wanted)
    title = template.titles[column]
    ignored = IGNORED.search(title)
    if ignored is not None:
        raise ExchangeError(
            f"Canvas passes over a column called {title}, without a word, because of {ignored[0]!r} in it. "
            "Rename the assignment in Canvas, and download again."
        )
    head = next(
        (n + 1 for n, record in enumerate(template.records) if n and POINTS in record.values[0]),
        next((n for n, one in enumerate(template.records) if n and not _is_no_student(one.values)), 1),
    )
    numbers = tuple(range(first, len(template.titles)))
    mark = mark_of(template, numbers)
    out_of = None
    if POINTS in template.records[head - 1].values[0]:
        points = template.records[head - 1].values[column]
        if READ_ONLY.search(points):
            raise ExchangeError(f"Canvas doesn't take marks in the column {title}: it is read only.")
        out_of = number_in(points, mark)
    entries = [
        _entry(number, record.values, columns, column)
        for number, record in enumerate(template.records[head:], start=head)
        if not _is_no_student(record.values) and not NO_PERSON.fullmatch(" ".join(record.values[0].split()))
    ]
    return Gradesheet(
        template=template, column=column, entries=tuple(entries), out_of=out_of, head=head,
        kept=(*range(first), column), mark=mark,
    )  # fmt: skip


def student_columns(titles: Sequence[str]) -> Columns | None:
    """Return where Canvas finds what about students; None if it takes the row for no header."""
    if len(titles) > FEWEST and "Student" in titles[0] and "ID" in titles[1]:
        place = 2
    elif (
        len(titles) > FEWEST + 1
        and titles[0] == "LastName"
        and titles[1] == "FirstName"
        and "ID" in titles[2]
    ):
        place = 3
    else:
        return None
    identifier, sis, login = place - 1, None, None
    if re.search(r"SIS\s+Login\s+ID", titles[place]):
        login = place
        place += 1
    elif re.search(r"SIS\s+User\s+ID", titles[place]) and re.search(r"SIS\s+Login\s+ID", titles[place + 1]):
        sis, login = place, place + 1
        place += 2
        if place < len(titles) and re.search(r"Integration\s+ID", titles[place]):
            place += 1
        if place < len(titles) and re.search(r"Root\s+Account", titles[place]):
            place += 1
    if place >= len(titles) or "Section" not in titles[place]:
        return None
    return Columns(0, identifier, sis, login, place)


def imported(written: bytes, _sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks that Canvas reads. Raises `ExchangeError` if it would refuse the file, or do more."""
    rows = _read(written)
    titles = rows[0]
    columns = student_columns(titles)
    if columns is None:
        raise ExchangeError("Canvas would refuse the file: Invalid header row.")
    taken = {}
    for place, title in enumerate(titles[columns.section + 1 :], start=columns.section + 1):
        found = WITH_ID.fullmatch(title)
        if IGNORED.search(title):
            continue
        if found is None:
            raise ExchangeError(f"Canvas would make a new assignment {title!r}.")
        taken[place] = found[2]
    (column,) = taken or {-1: ""}
    marks: dict[str, Fraction] = {}
    for row in rows[1:]:
        if POINTS in row[0] or _is_no_student(row):
            continue
        key = _key(row, columns)
        grade = row[column].strip() if column >= 0 else ""
        if not key or key in marks:
            raise ExchangeError(f"Canvas can't tell who the row of {row[0]!r} is about.")
        if not re.fullmatch(r"\d+(\.\d+)?", grade):
            raise ExchangeError(f"Canvas would take {grade!r} for a change of the mark of {row[0]!r}.")
        marks[key] = Fraction(grade)
    return marks


def _assignments(template: Template, first: int) -> dict[int, list[str]]:
    """Return the columns of assignments, with the texts that name them: title and id, title, id."""
    found = {}
    for column, title in enumerate(template.titles[first:], start=first):
        match = WITH_ID.fullmatch(title)
        if match is not None:
            found[column] = [title, match[1], match[2]]
    return found


def _entry(number: int, values: Sequence[str], columns: Columns, column: int) -> Entry:
    now = values[column].strip()
    locked = {"EX": "excused in Canvas", "N/A": "not assigned to this student in Canvas"}.get(now.upper(), "")
    name = " ".join(reversed([values[one].strip() for one in columns.names]))
    identity = Identity(
        name=name,
        canvas=values[columns.id].strip(),
        id=values[columns.sis].strip() if columns.sis is not None else "",
        login=values[columns.login].strip() if columns.login is not None else "",
        section=values[columns.section].strip(),
    )
    return Entry(record=number, identity=identity, key=_key(values, columns), now=now, locked=locked)


def _key(values: Sequence[str], columns: Columns) -> str:
    """Return what Canvas finds a student by: the first of id, SIS id and login that is there."""
    places = [one for one in (columns.id, columns.sis, columns.login) if one is not None]
    return next((value for one in places if (value := values[one].strip())), "")


def _is_no_student(values: Sequence[str]) -> bool:
    return all(NOT_STUDENTS.fullmatch(value.strip()) for value in values)


def _read(written: bytes) -> list[list[str]]:
    """Return the rows as Canvas reads them: it guesses the separator, and makes points of decimal commas."""
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExchangeError("Canvas can't read the file: it is not in UTF-8.") from error
    if text.startswith('\ufeff"'):
        raise ExchangeError("Canvas can't read the file: it has quotes behind its byte order mark.")
    lines = [
        line for line in text.splitlines(keepends=True) if not SKIPPED_LINE.fullmatch(line.rstrip("\r\n"))
    ]
    first = text.splitlines()[:GUESSED_FROM]
    separator = ";" if _cells(first, ";") > _cells(first, ",") else ","
    try:
        rows = [row for row in csv.reader(lines, delimiter=separator, strict=True) if row]
    except csv.Error as error:
        raise ExchangeError(f"Canvas can't read the file ({error}).") from error
    return [list(map(_with_point, row)) for row in rows]


def _cells(lines: Sequence[str], separator: str) -> int:
    """Return how many cells each of these lines has with a separator; 0 if they have different numbers."""
    counts = set()
    for line in lines:
        try:
            counts.add(len(next(csv.reader([line], delimiter=separator, strict=True), [])))
        except csv.Error:
            return 0
    return counts.pop() if len(counts) == 1 else 0


def _with_point(cell: str) -> str:
    if not PLAIN_NUMBER.fullmatch(cell):
        return cell
    *before, last = re.split("[,.]", cell)
    return f"{''.join(before)}.{last}" if before else last


SYSTEM: Final = System(
    name="canvas",
    title="Canvas",
    template="the CSV of Grades > Export > Export Entire Gradebook",
    separators=",;",
    sheet=sheet,
    imported=imported,
    upload="In Canvas: Grades > Import, choose the file, and look at the changes before you save them.",
)
