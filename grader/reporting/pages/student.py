"""The feedback page for one student: points of all exercises, and the reasons for failures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.verdict import not_judged, open_points
from grader.reporting.class_statistics import number
from grader.reporting.feedback import MARKS, facts
from grader.reporting.pages.charts import percent
from grader.reporting.pages.pieces import with_marks
from grader.reporting.pages.plots import Drawing, Grid, drawn
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole
from grader.reporting.standing import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult, Verdict
    from grader.reporting.feedback import State
    from grader.reporting.pages.pieces import MarkedText
    from grader.reporting.report import Report
    from grader.reporting.standing import Standing

FILE: Final = "feedback.html"
NOT_REPORTED: Final = frozenset({"passed", "blocked", "skipped"})
FRAME: Final = re.compile(r"(?m)^(.{1,300}), line (\d{1,6}), in ")
"""The place that a line of a traceback names: file or cell, and line."""
MANY_LINES: Final = 24
"""Lines of code that are shown at once; longer code is unfolded by the reader."""


class CodeLine(NamedTuple):
    """A line of the student's code, with its number; whether an exception came from `here`."""

    number: int
    text: str
    here: bool


def write(folder: Path, report: Report, standing: Standing = NOTHING) -> None:
    """Write the page into a submission's folder, unless it is there already. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    path, content = folder / FILE, page(report, standing).encode()
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content, mode=PRIVATE)


def page(report: Report, standing: Standing = NOTHING) -> str:
    """Return the page about a submission, as HTML. It never shows the seed of the inputs.

    Args:
        report: the report that counts.
        standing: what the gradebook says of the student.

    """
    return _template().render(student=Student(report, standing))


@dataclass(frozen=True)
class Student:
    """A report and what the gradebook says, arranged for the student."""

    report: Report
    standing: Standing = NOTHING

    @property
    def name(self) -> str:
        """Name of the submission."""
        return self.report.submission

    @property
    def points(self) -> str:
        """Points, maximal points and bonus as text; empty if it was not graded."""
        report = self.report
        if report.points is None or report.max_points is None:
            return ""
        bonus = f", and {number(report.bonus)} beyond the book" if report.bonus else ""
        return f"{number(report.points)} of {number(report.max_points)} points{bonus}"

    @property
    def open_points(self) -> str:
        """The points of checks that could not be judged, as text; empty if all were judged."""
        return number(sum(map(open_points, self.report.exercises))) if self.report.provisional else ""

    @property
    def solved(self) -> str:
        """How many exercises are solved, as text."""
        solved = sum(result.status == "correct" for result in self.report.exercises)
        return f"{solved} of {len(self.report.exercises)} exercises solved"

    @property
    def following(self) -> ExerciseResult | None:
        """The exercise to work on next: the first wrong one, else the first that is to do."""
        found = [one for one in self.report.exercises if not not_judged(one)]
        wrong = next((one for one in found if state(one) == "wrong"), None)
        return wrong or next((one for one in found if state(one) == "to do"), None)

    @property
    def sections(self) -> list[tuple[str, str, list[ExerciseResult]]]:
        """The exercises of each section, with its title and the address of its page in the book."""
        grouped = groupby(self.report.exercises, lambda result: (section_title(result), result.book))
        return [(title, book, list(results)) for (title, book), results in grouped]

    @property
    def titles(self) -> dict[str, str]:
        """The title of each part of a mark: a section, by its module, or a written answer, by its number."""
        found = {result.section: f"{section_title(result)}, in words" for result in self.report.exercises}
        return found | {result.module: section_title(result) for result in self.report.exercises}

    @property
    def broken_files(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each reason why a file can't be run, with module and name of the exercises in it."""
        reasons: dict[str, list[tuple[str, str]]] = {}
        for result in self.report.exercises:
            if _is_broken(result):
                reasons.setdefault(result.message, []).append((result.module, result.name))
        return list(reasons.items()) if self.report.status == "graded" else []

    @property
    def wrong(self) -> list[ExerciseResult]:
        """The exercises to explain: wrong ones, but none whose file can't be run."""
        return [one for one in self.report.exercises if state(one) == "wrong" and not _is_broken(one)]

    @property
    def open_bonuses(self) -> list[tuple[ExerciseResult, list[Verdict]]]:
        """Correct exercises with the bonus checks that they did not pass."""
        correct = [one for one in self.report.exercises if one.status == "correct"]
        found = [
            (one, [check for check in one.checks if check.bonus and is_reported(check)]) for one in correct
        ]
        return [(one, checks) for one, checks in found if checks]


def section_title(result: ExerciseResult) -> str:
    """Return number and title of an exercise's section; in reports without titles, its module."""
    return f"{result.section} {result.title or result.module}".strip()


def code_of(result: ExerciseResult) -> list[CodeLine]:
    """Return the lines of an answer's definition; none if the report has no code."""
    place = result.location
    if place is None or not result.code:
        return []
    file = PurePosixPath(place.path).name + (f", cell {place.cell}" if place.cell is not None else "")
    frames = [frame for check in failures(result) for frame in FRAME.findall(check.message)]
    here = {int(line) for where, line in frames if where == file}
    lines = result.code.split("\n")
    return [CodeLine(number, text, number in here) for number, text in enumerate(lines, start=place.line)]


class Plot(NamedTuple):
    """An answer's plot: graphs, and images in grids."""

    drawings: list[Drawing]
    grids: list[Grid]


def plot_of(result: ExerciseResult) -> Plot:
    """Return what is drawn of an answer's plot."""
    every = [drawn(panel) for panel in result.plot]
    return Plot(
        [one for one in every if isinstance(one, Drawing)], [one for one in every if isinstance(one, Grid)]
    )


def where(result: ExerciseResult) -> str:
    """Return where an answer is defined, in words: "cell 3, line 5"; "" if it is not known."""
    place = result.location
    if place is None:
        return ""
    cell = f", cell {place.cell}" if place.cell is not None else ""
    return f"{place.path}{cell}, line {place.line}"


def state(result: ExerciseResult) -> State:
    """Return the state of an exercise."""
    return "right" if result.status == "correct" else "to do" if result.status == "missing" else "wrong"


def note(result: ExerciseResult) -> str:
    """Return the note beside an exercise: what failed first, or the bonus points."""
    if result.status == "correct":
        return f"+{number(result.bonus)} beyond the book" if result.bonus else ""
    if result.status == "missing":
        return "still to do"
    failed = failures(result)
    if all(check.status == "not_judged" for check in failed):
        return "could not be judged"
    more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{failed[0].name}{more}" if failed else ""


def is_reported(check: Verdict) -> bool:
    """Return whether a check failed by itself, not because another check did."""
    return check.status not in NOT_REPORTED


def failures(result: ExerciseResult) -> list[Verdict]:
    """Return the checks that failed by themselves, without bonuses."""
    return [check for check in result.checks if is_reported(check) and not check.bonus]


def blocked(result: ExerciseResult) -> list[str]:
    """Return the names of the blocked checks, without bonuses."""
    return [check.name for check in result.checks if check.status == "blocked" and not check.bonus]


def uncounted(result: ExerciseResult) -> list[str]:
    """Return the names of the checks that passed without earning their points, without bonuses."""
    passed = [check for check in result.checks if check.status == "passed" and not check.bonus]
    return [check.name for check in passed if check.points < check.max_points]


def hints(check: Verdict) -> list[str]:
    """Return all hints of a check, in order."""
    return [hint for hint in (check.hint, *check.further_hints) if hint]


def pieces_of(check: Verdict) -> list[MarkedText]:
    """Return the pieces of a check's message, without the hints."""
    return with_marks(facts(check, check.message))


def moment(time: datetime | None) -> str:
    """Return a time to the minute, with its offset from UTC; "" for none."""
    return time.isoformat(" ", timespec="minutes") if time else ""


def _is_broken(result: ExerciseResult) -> bool:
    first: Sequence[Verdict] = result.checks[:1]
    return result.status in {"error", "timeout"} and any(is_reported(check) for check in first)


@cache
def _template() -> Template:
    return pages().get_template(
        "feedback.html",
        globals={
            "MANY_LINES": MANY_LINES,
            "MARKS": MARKS,
            "code_of": code_of,
            "plot_of": plot_of,
            "moment": moment,
            "percent": percent,
            "section_title": section_title,
            "where": where,
            "failures": failures,
            "hints": hints,
            "note": note,
            "number": number,
            "pieces_of": pieces_of,
            "state": state,
            "blocked": blocked,
            "uncounted": uncounted,
        },
    )
