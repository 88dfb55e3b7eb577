"""Brightspace's grades: the CSV of "Export to CSV", and the rules by which Brightspace imports grades.

The rules are those of https://community.d2l.com/brightspace/kb/articles/3538-importing-grades:
`OrgDefinedId` or `Username`, a column "ITEM Points Grade", an indicator at the end of each line, and nothing
else; what is above the maximum is capped. That article doesn't say how a decimal comma is read: the file's
own mark is kept.
"""

from __future__ import annotations

import re
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

POINTS: Final = " Points Grade"
"""How the title of a column with points ends; exports may describe the item behind it, in <>."""
MAXIMUM: Final = re.compile(r"MaxPoints:\s*([\d.,]+)")
KEYS: Final = ("OrgDefinedId", "Username")
END: Final = "End-of-Line Indicator"
END_MARK: Final = "#"


def sheet(template: Template, wanted: str) -> Gradesheet:
    """Return what is in Brightspace's grades. Raises `ExchangeError`."""
    titles = template.titles
    keys = [place for place, title in enumerate(titles) if title in KEYS]
    if not keys or titles[-1] != END:
        raise ExchangeError(
            f"{template.name} has no grades of Brightspace: its first row must have OrgDefinedId or "
            f"Username, and end with {END}. {AGAIN}"
        )
    require_unchanged(template, keys)
    for record in template.records[1:]:
        if not record.is_blank and record.values[-1].strip() != END_MARK:
            raise ExchangeError(
                f"{template.name}, line {record.line}: {END_MARK} is missing at its end. {AGAIN}"
            )
    found = {place: one for place, title in enumerate(titles) if (one := _item(title))}
    column = chosen(template, {place: [titles[place], item] for place, item in found.items()}, wanted)
    maximum = MAXIMUM.search(titles[column].rpartition(POINTS)[2])
    entries = [
        Entry(
            record=number, identity=identity, key=_key(template.records[number].values, titles),
            now=template.records[number].values[column].strip(),
        )
        for number, identity in people_in(template, 1)
    ]  # fmt: skip
    return Gradesheet(
        template=template, column=column, entries=tuple(entries),
        out_of=number_in(maximum[1], ".") if maximum else None,
        kept=(*keys, column, len(titles) - 1), mark=mark_of(template, tuple(found)),
    )  # fmt: skip


def imported(written: bytes, sheet: Gradesheet) -> dict[str, Fraction]:
    """Return the marks that Brightspace reads. Raises `ExchangeError` if it would refuse or cap something."""
    titles, *rows = rows_of(written, sheet.template.separator)
    if titles[-1] != END or not set(KEYS) & set(titles) or sheet.title not in titles:
        raise ExchangeError("Brightspace would refuse the file: columns are missing.")
    column = titles.index(sheet.title)
    marks: dict[str, Fraction] = {}
    for row in rows:
        key = _key(row, titles)
        if row[-1].strip() != END_MARK or not key or key in marks:
            raise ExchangeError(f"Brightspace would not read the row {row!r}.")
        value = number_of(row[column], sheet.mark, key)
        if sheet.out_of is not None and value > sheet.out_of:
            raise ExchangeError(f"Brightspace would cap the mark {value} of {key}.")
        marks[key] = value
    return marks


def _item(title: str) -> str:
    """Return the grade item that a column has the points of; "" if it has no points."""
    item, _, description = title.rpartition(POINTS)
    description = description.strip()
    return item if not description or (description[0] == "<" and description[-1] == ">") else ""


def _key(values: Sequence[str], titles: Sequence[str]) -> str:
    """Return what Brightspace knows a student by; exports put a # in front, so that it stays text."""
    places = [titles.index(one) for one in KEYS if one in titles]
    return next((value for place in places if (value := values[place].strip().removeprefix("#"))), "")


SYSTEM: Final = System(
    name="brightspace",
    title="Brightspace",
    template="the CSV of Grades > Enter Grades > Export, with Points grade and OrgDefinedId or Username",
    separators=",\t",
    sheet=sheet,
    imported=imported,
    caps="caps marks at the maximum",
    upload="In Brightspace: Grades > Enter Grades > Import, and look at the preview.",
)
