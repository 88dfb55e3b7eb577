"""A class, as a page for its instructor: every submission, every exercise, every misconception."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from grader.reporting import output_dir
from grader.reporting.class_statistics import number, tallies
from grader.reporting.console import points, remark
from grader.reporting.pages import student
from grader.reporting.rendering import pages
from grader.reporting.report import write_whole
from grader.submissions.contents import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult
    from grader.reporting.class_statistics import Tally
    from grader.reporting.report import Report

FILE: Final = "class.html"


def write(folder: Path, reports: Sequence[Report], exercises: Sequence[ExerciseResult]) -> Path:
    """Write the page on a run into a folder, and return the file. Raises `OSError`."""
    path = folder / FILE
    write_whole(path, page(reports, exercises).encode())
    return path


def page(reports: Sequence[Report], exercises: Sequence[ExerciseResult]) -> str:
    """Return the page on a class."""
    return _template().render(graded=Class(tuple(reports), tallies(reports, exercises)))


@dataclass(frozen=True)
class Class:
    """All reports of a run, and what they come to."""

    reports: tuple[Report, ...]
    tallies: list[Tally]

    @property
    def counted(self) -> list[Report]:
        """The submissions that have points."""
        return [one for one in self.reports if one.points is not None]

    @property
    def mean(self) -> str:
        """The mean of all points, and how many there are."""
        if not self.counted:
            return ""
        sums = [one.points or 0.0 for one in self.counted]
        most = max(one.max_points or 0.0 for one in self.counted)
        return f"{number(sum(sums) / len(sums))} of {number(most)}"

    @property
    def misconceptions(self) -> list[tuple[Tally, str, str, list[str]]]:
        """Each misconception, the most frequent first: exercise, name, explanation, and who shows it."""
        found = [
            (tally, misconception.id, misconception.explanation, [printable(name) for name in names])
            for tally in self.tallies
            for misconception, names in tally.misconceptions
        ]
        return sorted(found, key=lambda one: -len(one[3]))


def address(report: Report) -> str:
    """Return where a submission's feedback is, from the page on the class."""
    return quote(f"{output_dir.REPORTS}/{report.submission}/{student.FILE}")


def share(of: float, most: float) -> str:
    """Return a percentage, as a style sheet wants it."""
    return f"{100 * of / (most or 1):.1f}%"


@cache
def _template() -> Template:
    return pages().get_template(
        "class.html",
        globals={
            "address": address,
            "number": number,
            "points": points,
            "printable": printable,
            "remark": remark,
            "share": share,
        },
    )
