"""`matches.csv`: who a submission may be from, and what a person confirmed. It is kept for later runs.

Each row names a submission and a student of the roster. A row with yes in its last column counts.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.gradebook import cell
from grader.reporting.report import PRIVATE, write_whole
from grader.students.tables import NotATable, lines, separator_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FILE: Final = "matches.csv"
COLUMNS: Final = ("submission", "student", "name", "score", "confirmed")
YES: Final = frozenset({"yes", "y", "x", "1", "true", "ja", "j"})


class MatchesError(ValueError):
    """The file can't be used; the message says why, and what to do."""


class Match(NamedTuple):
    """A row: a submission, a student as the roster names them, their name, how alike they are, and a yes.

    The score is "" for one that a person wrote.
    """

    submission: str
    student: str
    name: str = ""
    score: str = ""
    is_confirmed: bool = False


def read(out: Path) -> list[Match]:
    """Return the rows of the file in an output folder; none if there is no file. Raises `MatchesError`."""
    path = out / FILE
    try:
        text = text_of(path.read_bytes())
        rows = list(lines(text, separator_of(text, COLUMNS.__contains__)))
    except FileNotFoundError:
        return []
    except (OSError, NotATable) as error:
        raise MatchesError(f"{str(path)!r} can't be read: {error}. Mend or remove it.") from error
    headings = rows[0].cells if rows else []
    if rows and not {"submission", "student", "confirmed"} <= set(headings):
        raise MatchesError(f"{str(path)!r} needs the columns {', '.join(COLUMNS)}. Mend or remove it.")
    found = []
    for row in rows[1:]:
        values = {heading: _plain(value) for heading, value in zip(headings, row.cells, strict=False)}
        yes = values.get("confirmed", "").casefold() in YES
        submission, student, name, score = (values.get(column, "") for column in COLUMNS[:-1])
        found.append(Match(submission, student, name, score, is_confirmed=yes))
    confirmed_in(found, path)
    return found


def confirmed_in(matches: Iterable[Match], path: Path) -> Mapping[str, str]:
    """Return the student of each submission that a person confirmed. Raises `MatchesError` if two are."""
    found: dict[str, str] = {}
    for one in matches:
        if one.is_confirmed and found.setdefault(one.submission, one.student) != one.student:
            raise MatchesError(
                f"{str(path)!r} says that {one.submission} is {found[one.submission]} and {one.student}: "
                "leave yes in one of these rows."
            )
    return found


def confirmed(matches: Sequence[Match], submission: str, student: str) -> list[Match]:
    """Return the rows with a yes where a submission is a student's, and nowhere else about the submission.

    Without a student, none of its rows has a yes. A suggestion is known by the student's id or name.
    """
    own = [
        one._replace(is_confirmed=student != "" and student in {one.student, one.name})
        for one in matches
        if one.submission == submission
    ]
    if student and not any(one.is_confirmed for one in own):
        own.append(Match(submission, student, is_confirmed=True))
    kept = [one for one in own if one.is_confirmed or one.score]
    return [*(one for one in matches if one.submission != submission), *kept]


def write(out: Path, matches: Sequence[Match]) -> Path:
    """Write the file into an output folder, and return it. Raises `OSError`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in matches:
        values = (one.submission, one.student, one.name, one.score)
        writer.writerow([*map(cell, values), "yes" if one.is_confirmed else ""])
    write_whole(out / FILE, text.getvalue().encode(), mode=PRIVATE)
    return out / FILE


def _plain(value: str) -> str:
    """Return a cell's text without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return value[1:] if value.startswith("'") and cell(value[1:]) == value else value
