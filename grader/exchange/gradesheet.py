"""What is in a table of marks: students, the column with the marks, and what the system would not take."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.exchange.decimals import decimal_mark, number_in
from grader.exchange.errors import ExchangeError
from grader.exchange.template import AGAIN
from grader.students.roster import columns_in, student_in
from grader.students.tables import Line
from grader.submissions.layouts.layout import some

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from grader.exchange.template import Template
    from grader.students import Identity

SHOWN: Final = 8


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A student in a table of marks.

    Args:
        record: the number of the row in the template.
        identity: what the table says of the student.
        key: what the system knows the student by when it takes the table back.
        now: the mark that is in the table, as text.
        locked: why the system would not take a mark for this student, as a clause; "" if it would.
    """

    record: int
    identity: Identity
    key: str
    now: str
    locked: str = ""


@dataclass(frozen=True, kw_only=True)
class Gradesheet:
    """A table of marks.

    Args:
        template: the table as it stands in the file.
        column: the column with the marks.
        entries: its students.
        out_of: the points that the column can have; None if it doesn't say.
        head: how many rows at the beginning are no students'.
        kept: the columns that the system needs; None: all.
        mark: the decimal mark of its numbers.
    """

    template: Template
    column: int
    entries: tuple[Entry, ...]
    out_of: Fraction | None = None
    head: int = 1
    kept: tuple[int, ...] | None = None
    mark: str

    @property
    def title(self) -> str:
        """The title of the column with the marks."""
        return self.template.titles[self.column]


@dataclass(frozen=True, kw_only=True)
class System:
    """A system that takes a table of marks back.

    Args:
        name: its name for `--to`.
        title: its name in sentences.
        template: what of it is filled in.
        separators: what may separate the cells of such a table.
        codecs: the encodings that it reads.
        sheet: returns what is in a table, whose column a text names; "" if none was named. Raises
            `ExchangeError`.
        imported: returns the marks that its importer reads in what is written, by the students' keys, as the
            rules of the importer say. Raises `ExchangeError` where it would refuse the file, or do more.
        takes_part: whether rows can be left out.
        caps: what it does with marks above the maximum, as a clause; "" if it takes them.
        upload: what to do with the file.
    """

    name: str
    title: str
    template: str
    separators: str
    codecs: frozenset[str] = frozenset({"utf-8"})
    sheet: Callable[[Template, str], Gradesheet]
    imported: Callable[[bytes, Gradesheet], Mapping[str, Fraction]]
    takes_part: bool = True
    caps: str = ""
    upload: str


def mark_of(template: Template, columns: Sequence[int]) -> str:
    """Return the decimal mark of a table, from some of its columns. Raises `ExchangeError`."""
    cells = (
        record.values[column]
        for record in template.records[1:]
        for column in columns
        if column < len(record.values)
    )
    return decimal_mark(cells, template.separator, template.name)


def people_in(template: Template, first: int) -> list[tuple[int, Identity]]:
    """Return the students in a table by headings that rosters have: the number of the row, and who it is.

    Args:
        template: the table.
        first: the number of the first row that may be a student's.

    """
    columns = columns_in(template.titles)
    found = []
    for number, record in enumerate(template.records[first:], start=first):
        cells = [" ".join(value.split()) for value in record.values]
        listed = None if record.is_blank else student_in(Line(record.line, cells), columns)
        if listed is not None:
            found.append((number, listed.identity))
    return found


def chosen(template: Template, candidates: Mapping[int, Sequence[str]], wanted: str) -> int:
    """Return the column that a text names, or the only one there is. Raises `ExchangeError`.

    Args:
        template: the table.
        candidates: the columns that marks may be in, each with the texts that name it.
        wanted: the text; "" if none was named.

    """
    if not candidates:
        raise ExchangeError(f"{template.name} has no column that marks can be in. {AGAIN}")
    named = [column for column, names in candidates.items() if wanted in names or not wanted]
    if len(named) == 1:
        return named[0]
    titles = some([template.titles[column] for column in named or candidates], SHOWN)
    if not wanted:
        raise ExchangeError(f"Which column of {template.name}? Name it with --column. There are: {titles}.")
    if named:
        raise ExchangeError(f"{template.name} has several columns {wanted}: {titles}.")
    raise ExchangeError(f"{template.name} has no column {wanted} for marks. There are: {titles}.")


def required(template: Template, *titles: str) -> dict[str, int]:
    """Return the place of each of these columns. Raises `ExchangeError` if one is missing, or there twice."""
    for title in titles:
        if template.titles.count(title) != 1:
            problem = "has no column" if title not in template.titles else "has several columns"
            raise ExchangeError(
                f"{template.name} {problem} {title}: its first row is {some(template.titles, SHOWN)}."
            )
    return {title: template.titles.index(title) for title in titles}


def rows_of(written: bytes, separator: str, codec: str = "utf-8") -> list[list[str]]:
    """Return the rows of what is written, as an importer without knowledge of the template reads them.

    Raises `ExchangeError` if it couldn't.
    """
    try:
        text = written.decode(codec).removeprefix("\ufeff")
        return [
            row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True) if row
        ]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ExchangeError(f"What was to be written can't be read back ({error}).") from error


def number_of(text: str, mark: str, key: str) -> Fraction:
    """Return the number that an importer reads. Raises `ExchangeError` if it would read none."""
    found = number_in(text, mark)
    if found is None:
        raise ExchangeError(f"{text!r} for {key} would not be read as a number.")
    return found
