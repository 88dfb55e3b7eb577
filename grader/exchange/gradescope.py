"""Gradescope's grades: the CSV of "Download Grades", of an assignment or of a course.

Gradescope publishes no importer: a score gets into it by the autograder, or by hand. What is filled in here
is for whatever else reads Gradescope's file. So its rules are those of the file itself: a student is known by
email, else by SID, and all rows stay. The columns are those that other programs for it read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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
    rows_of,
)
from grader.exchange.template import AGAIN, require_unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from grader.exchange.template import Template

TOTAL: Final = "Total Score"
MAXIMUM: Final = "Max Points"
OF_ASSIGNMENT: Final = f" - {MAXIMUM}"
KEYS: Final = ("Email", "SID")


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in Gradescope's grades. Raises `ExchangeError`."""
    titles = template.titles
    candidates = {
        place: [title]
        for place, title in enumerate(titles)
        if (title == TOTAL and MAXIMUM in titles) or f"{title}{OF_ASSIGNMENT}" in titles
    }
    if not candidates or not set(KEYS) & set(titles):
        raise ExchangeError(
            f"{template.name} has no grades of Gradescope: it must have {TOTAL} and {MAXIMUM}, and Email or "
            f"SID. {AGAIN}"
        )
    require_unchanged(template, [titles.index(one) for one in KEYS if one in titles])
    column = chosen(template, candidates, wanted)
    maximum = titles.index(MAXIMUM if titles[column] == TOTAL else f"{titles[column]}{OF_ASSIGNMENT}")
    people = people_in(template, 1)
    entries = [
        Entry(
            record=number, identity=identity, key=_key(template.records[number].values, titles),
            now=template.records[number].values[column].strip(),
        )
        for number, identity in people
    ]  # fmt: skip
    maxima = {number_in(template.records[number].values[maximum], ".") for number, _ in people} - {None}
    out_of = maxima.pop() if len(maxima) == 1 else None
    return Gradesheet(
        template=template,
        column=column,
        entries=tuple(entries),
        out_of=out_of,
        mark=mark_of(template, (column, maximum)),
    )


def imported(written: bytes, sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks that are in the file, of all who have one. Raises `ExchangeError`."""
    titles, *rows = rows_of(written, sheet.template.separator)
    column = titles.index(sheet.title)
    marks: dict[str, Fraction] = {}
    for row in rows:
        key = _key(row, titles)
        if row[column].strip() and key:
            if key in marks:
                raise ExchangeError(f"Two rows are about {key}.")
            marks[key] = number_of(row[column], sheet.mark, key)
    return marks


def _key(values: Sequence[str], titles: Sequence[str]) -> str:
    places = [titles.index(one) for one in KEYS if one in titles]
    return next((value for place in places if (value := values[place].strip())), "")


SYSTEM: Final = System(
    name="gradescope",
    title="Gradescope",
    template="the CSV of Review Grades > Download Grades",
    separators=",",
    sheet=sheet,
    imported=imported,
    takes_part=False,
    upload="Gradescope takes no marks back: give the file to the program that reads Gradescope's grades.",
)
