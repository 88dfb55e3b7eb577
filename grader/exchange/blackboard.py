"""Blackboard's grade center: the file of "Work Offline > Download", and the rules by which it is uploaded.

The rules are those of http://library.blackboard.com ("Uploading or Downloading Grade Center Items for Working
Offline"): a student is known by `Username`, a column by the number in its title; a column without a number
becomes a new one of text, worth nothing. Downloads are tables with tabs, in UTF-16, or CSV.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.exchange.decimals import number_in
from grader.exchange.errors import ExchangeError
from grader.exchange.gradesheet import (
    Entry,
    Gradesheet,
    System,
    chosen,
    mark_of,
    number_of,
    people_in,
    required,
    rows_of,
)
from grader.exchange.template import require_unchanged

if TYPE_CHECKING:
    from fractions import Fraction

    from grader.exchange.template import Template

USERNAME: Final = "Username"
POINTS: Final = re.compile(r"\d[\d.,]*")


class Title(NamedTuple):
    """What the title of a column says: the name, the points in brackets, and the number of the column."""

    name: str
    points: str
    number: str


def title_in(text: str) -> Title | None:
    """Return what a title says: `Homework [Total Pts: 10 Score] |664617`; None if it has no number."""
    about, bar, number = text.rpartition("|")
    if not bar or not number.strip().isdecimal():
        return None
    name, bracket, points = about.strip().rpartition("[")
    if bracket and name and points.endswith("]"):
        return Title(name.strip(), points[:-1], number.strip())
    return Title(about.strip(), "", number.strip())


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in Blackboard's grade center. Raises `ExchangeError`."""
    key = required(template, USERNAME)[USERNAME]
    require_unchanged(template, [key])
    found = {place: one for place, title in enumerate(template.titles) if (one := title_in(title))}
    names = {place: [template.titles[place], one.name, one.number] for place, one in found.items()}
    column = chosen(template, names, wanted)
    mark = mark_of(template, tuple(found))
    points = POINTS.search(found[column].points)
    entries = [
        Entry(
            record=number, identity=identity, key=template.records[number].values[key].strip(),
            now=template.records[number].values[column].strip(),
        )
        for number, identity in people_in(template, 1)
    ]  # fmt: skip
    people = tuple(place for place in range(len(template.titles)) if place not in found)
    return Gradesheet(
        template=template, column=column, entries=tuple(entries),
        out_of=number_in(points[0], mark) if points else None,
        kept=tuple(sorted({*people, column})), mark=mark,
    )  # fmt: skip


def imported(written: bytes, sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks that Blackboard reads.

    Raises `ExchangeError` if it would refuse the file, or do more.
    """
    codec = sheet.template.encoding.codec
    titles, *rows = rows_of(written, sheet.template.separator, codec)
    if USERNAME not in titles:
        raise ExchangeError("Blackboard would refuse the file: there is no Username.")
    columns = [place for place, title in enumerate(titles) if title_in(title)]
    if [titles[place] for place in columns] != [sheet.title]:
        raise ExchangeError("Blackboard would change other columns, or make a new one.")
    marks: dict[str, Fraction] = {}
    for row in rows:
        key = row[titles.index(USERNAME)].strip()
        if not key or key in marks:
            raise ExchangeError(f"Blackboard can't tell who the row {row!r} is about.")
        marks[key] = number_of(row[columns[0]], sheet.mark, key)
    return marks


SYSTEM: Final = System(
    name="blackboard",
    title="Blackboard",
    template="the file of Grade Center > Work Offline > Download, with tabs or commas",
    separators="\t,",
    codecs=frozenset({"utf-8", "utf-16-le", "utf-16-be"}),
    sheet=sheet,
    imported=imported,
    upload="In Blackboard: Grade Center > Work Offline > Upload, with the delimiter Auto.",
)
