"""Any other table of a class: a column that is named is filled in, and everything else stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.exchange.errors import ExchangeError
from grader.exchange.gradesheet import (
    Entry,
    Gradesheet,
    System,
    chosen,
    mark_of,
    number_of,
    people_in,
    rows_of,
)
from grader.students.roster import TELLING, columns_in

if TYPE_CHECKING:
    from fractions import Fraction

    from grader.exchange.template import Template


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in a table. Raises `ExchangeError`."""
    known = columns_in(template.titles)
    if TELLING.isdisjoint(known.values()):
        raise ExchangeError(
            f"{template.name} has no column that tells who is who: name, id, email or login, for example."
        )
    others = {place: [title] for place, title in enumerate(template.titles) if place not in known and title}
    column = chosen(template, others, wanted)
    entries = [
        Entry(
            record=number, identity=identity, key=str(number),
            now=template.records[number].values[column].strip(),
        )
        for number, identity in people_in(template, 1)
    ]  # fmt: skip
    mark = mark_of(template, (column,))
    return Gradesheet(template=template, column=column, entries=tuple(entries), mark=mark)


def imported(written: bytes, sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks of the students in a table, by the numbers of their rows. Raises `ExchangeError`."""
    template = sheet.template
    rows = rows_of(written[len(template.encoding.mark) :], template.separator, template.encoding.codec)
    before = [number for number, record in enumerate(template.records) if record.cells != ("",)]
    marks = {}
    for number, row in zip(before, rows, strict=True):
        if number in {entry.record for entry in sheet.entries} and row[sheet.column].strip():
            marks[str(number)] = number_of(row[sheet.column], sheet.mark, ", ".join(row))
    return marks


SYSTEM: Final = System(
    name="csv",
    title="a table",
    template="any table with a column that tells who is who, and one for the marks, which --column names",
    separators=",;\t|",
    codecs=frozenset({"utf-8", "utf-16-le", "utf-16-be", "cp1252"}),
    sheet=sheet,
    imported=imported,
    takes_part=False,
    upload="The table has all of its rows and columns.",
)
