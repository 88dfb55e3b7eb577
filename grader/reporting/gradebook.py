"""The gradebook: `gradebook.csv`, one row for each submission of this run, sorted by name."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING, Final

from grader.records.verdict import not_judged
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from grader.records.verdict import ExerciseResult
    from grader.reporting.report import Report

Cell = float | int | str | None

FILE: Final = "gradebook.csv"
COLUMNS: Final = ("submission", "status", "points", "max_points", "bonus")
FORMULA: Final = frozenset("=+-@\t\r\n\N{MINUS SIGN}")
"""Characters that start a formula in a spreadsheet, as do their wide, small and raised forms."""
SKIPPED: Final = frozenset("'\"`")
"""What a spreadsheet may remove before it looks for a formula, besides spaces and invisible characters."""


def write(
    folder: Path,
    reports: Iterable[Report],
    exercises: Sequence[ExerciseResult],
    further: Mapping[str, Mapping[str, Cell]] | None = None,
) -> Path:
    """Write the gradebook of a run into a folder, and return the file. Raises `OSError`."""
    path = folder / FILE
    write_whole(path, table(reports, exercises, further).encode(), mode=PRIVATE)
    return path


def table(
    reports: Iterable[Report],
    exercises: Sequence[ExerciseResult],
    further: Mapping[str, Mapping[str, Cell]] | None = None,
) -> str:
    """Return the gradebook as CSV: columns about the submission, then the points of each exercise.

    The cells of a submission that was not graded are empty, not 0, and so is the cell of an exercise with
    checks that could not be judged.

    Args:
        reports: the reports, one a row.
        exercises: the exercises, one a column.
        further: columns behind these, by heading: a cell for each submission that has one.

    """
    further = further or {}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*COLUMNS, *map(cell, headings(exercises)), *further])
    for report in sorted(reports, key=lambda report: report.submission):
        points = {
            (result.module, result.name): round(result.points, 6)
            for result in report.exercises
            if not not_judged(result)
        }
        about = [report.points, report.max_points, report.bonus]
        each = [points.get((result.module, result.name)) for result in exercises]
        rest = [column.get(report.submission) for column in further.values()]
        writer.writerow([cell(report.submission), report.status, *about, *each, *rest])
    return text.getvalue()


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
