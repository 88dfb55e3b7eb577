"""The gradebook: `gradebook.csv`, one row for each student of this run, sorted by name.

Each member of a group has a row with the group's mark. Who is missing has a row without one.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.verdict import not_judged
from grader.reporting.report import PRIVATE, write_whole
from grader.students.identity import KEYS
from grader.submissions.naming import names_for

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.records.verdict import ExerciseResult
    from grader.reporting.report import Report
    from grader.students import Identity

Cell = float | int | str | None

FILE: Final = "gradebook.csv"
NOT_HANDED_IN: Final = "not_handed_in"
"""The status of a student of whom there is nothing: no points, not even 0."""
ATTEMPT: Final = "attempt"
"""The column with the number of the attempt, which is there if anybody has several."""
COLUMNS: Final = ("submission", "status", "points", "max_points", "bonus")
FORMULA: Final = frozenset("=+-@\t\r\n\N{MINUS SIGN}")
"""Characters that start a formula in a spreadsheet, as do their wide, small and raised forms."""
SKIPPED: Final = frozenset("'\"`")
"""What a spreadsheet may remove before it looks for a formula, besides spaces and invisible characters."""


class Row(NamedTuple):
    """A row: a student, and the report that counts; None if nothing was handed in.

    Args:
        name: what the row is called.
        identity: what is known of the student.
        group: the name of the group that handed in; "" if it is none.
        report: the report on the attempt that counts.

    """

    name: str
    identity: Identity
    group: str
    report: Report | None


def write(
    folder: Path,
    reports: Iterable[Report],
    exercises: Sequence[ExerciseResult],
    missing: Iterable[Identity] = (),
    further: Mapping[str, Mapping[str, Cell]] | None = None,
) -> Path:
    """Write the gradebook of a run into a folder, and return the file. Raises `OSError`."""
    path = folder / FILE
    write_whole(path, table(reports, exercises, missing, further).encode(), mode=PRIVATE)
    return path


def table(
    reports: Iterable[Report],
    exercises: Sequence[ExerciseResult],
    missing: Iterable[Identity] = (),
    further: Mapping[str, Mapping[str, Cell]] | None = None,
) -> str:
    """Return the gradebook as CSV: columns about the student, then the points of each exercise.

    The cells of a submission that was not graded are empty, not 0, and so is the cell of an exercise with
    checks that could not be judged. What is known of no student has no column.

    Args:
        reports: the reports that count, one for each student or group.
        exercises: the exercises of the course, one a column.
        missing: the students who handed nothing in.
        further: columns behind these, by heading: a cell for each row that has one, by the row's name.

    """
    further = further or {}
    every = rows(list(reports), missing)
    known = [column for column, known_of in KNOWN.items() if any(known_of(row) for row in every)]
    if all(row.report is None or row.report.exam <= 1 for row in every) and ATTEMPT in known:
        known.remove(ATTEMPT)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *known, *map(cell, headings(exercises)), *further])
    for row in every:
        about = [cell(KNOWN[column](row)) for column in known]
        rest = [column.get(row.name) for column in further.values()]
        writer.writerow([cell(row.name), *_marks(row), *about, *_points(row, exercises), *rest])
    return text.getvalue()


def rows(reports: Sequence[Report], missing: Iterable[Identity] = ()) -> list[Row]:
    """Return the rows of a gradebook: one for each student, each member of a group, and who is missing."""
    found: list[tuple[tuple[str, ...], Row]] = [
        ((report.submission,), Row(report.submission, report.student, "", report))
        for report in reports
        if not report.members
    ]
    alone = len(found)
    found += [
        (_labels(member), Row("", member, report.submission, report))
        for report in reports
        for member in report.members
    ]
    found += [(_labels(one), Row("", one, "", None)) for one in missing]
    names = names_for([labels for labels, _ in found])
    others = [row._replace(name=name) for name, (_, row) in zip(names[alone:], found[alone:], strict=True)]
    return sorted([*(row for _, row in found[:alone]), *others], key=lambda row: row.name)


def _labels(one: Identity) -> tuple[str, ...]:
    """Return what a row without a submission of its own may be called, the shortest name first."""
    ids = [value for key in KEYS if (value := getattr(one, key)) and value != one.called]
    return (one.called, *(f"{one.called}-{value}" for value in ids))


def _marks(row: Row) -> tuple[object, ...]:
    if row.report is None:
        return (NOT_HANDED_IN, None, None, None)
    return (row.report.status, row.report.points, row.report.max_points, row.report.bonus)


def _points(row: Row, exercises: Sequence[ExerciseResult]) -> list[float | None]:
    points = {
        (result.module, result.name): round(result.points, 6)
        for result in (row.report.exercises if row.report else ())
        if not not_judged(result)
    }
    return [points.get((result.module, result.name)) for result in exercises]


def _late(row: Row) -> str:
    late = row.report.late if row.report else None
    return "" if late is None else "yes" if late else "no"


KNOWN: Final[Mapping[str, Callable[[Row], str]]] = {
    "name": lambda row: row.identity.name,
    "email": lambda row: row.identity.email,
    "id": lambda row: row.identity.id,
    "section": lambda row: row.identity.section,
    "group": lambda row: row.group,
    ATTEMPT: lambda row: str(row.report.exam) if row.report and row.report.exam else "",
    "late": _late,
}
"""Columns that are there if something is known, after `COLUMNS`."""


def headings(exercises: Sequence[ExerciseResult]) -> list[str]:
    """Return a heading for each exercise: its name, with the module's if the name is not unique."""
    names = [result.name for result in exercises]
    return [
        result.name if names.count(result.name) == 1 else f"{result.module}.{result.name}"
        for result in exercises
    ]


def cell(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: with an apostrophe in front, if necessary."""
    return f"'{text}" if any(map(_starts_formula, text[: _skipped(text) + 1])) else text


def _skipped(text: str) -> int:
    """Return how many characters a spreadsheet may remove at the beginning of a text."""
    categories = map(unicodedata.category, text)
    return next(
        (
            position
            for position, (character, category) in enumerate(zip(text, categories, strict=True))
            if character not in SKIPPED and category[0] not in "CZ"
        ),
        len(text),
    )


def _starts_formula(character: str) -> bool:
    return unicodedata.normalize("NFKC", character)[:1] in FORMULA
