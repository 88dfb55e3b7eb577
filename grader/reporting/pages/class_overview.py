"""The page about a class for its instructor: submissions, exercises and misconceptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from grader.reporting import output_dir
from grader.reporting.class_statistics import (
    NO_ANSWER,
    Remark,
    distinct_layers,
    exercise_statistics,
    no_answers,
    number,
    remarks,
)
from grader.reporting.console import open_checks, points, remark, status_words
from grader.reporting.pages import student
from grader.reporting.rendering import pages
from grader.reporting.report import PRIVATE, write_whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2 import Template

    from grader.records.verdict import ExerciseResult
    from grader.records.worker_protocol import MissingLayer
    from grader.reporting.class_statistics import ExerciseStatistics
    from grader.reporting.report import Report

FILE: Final = "class.html"


def write(
    folder: Path,
    reports: Sequence[Report],
    exercises: Sequence[ExerciseResult],
    nameless: Sequence[Sequence[ExerciseResult]] = (),
) -> Path:
    """Write the page about a run into a folder, and return the file. Raises `OSError`."""
    path = folder / FILE
    write_whole(path, page(reports, exercises, nameless).encode(), mode=PRIVATE)
    return path


def page(
    reports: Sequence[Report],
    exercises: Sequence[ExerciseResult],
    nameless: Sequence[Sequence[ExerciseResult]] = (),
) -> str:
    """Return the page about a class, as HTML.

    Args:
        reports: the reports.
        exercises: the exercises.
        nameless: results that count in the statistics, of submissions which have no name any more.

    """
    statistics = exercise_statistics(reports, exercises, nameless)
    return _template().render(results=ClassResults(tuple(reports), statistics, tuple(nameless)))


@dataclass(frozen=True)
class ClassResults:
    """All reports of a run, and their statistics, which know results without a name, too."""

    reports: tuple[Report, ...]
    statistics: list[ExerciseStatistics]
    nameless: tuple[Sequence[ExerciseResult], ...] = ()

    @property
    def with_points(self) -> list[Report]:
        """The submissions that have points, and answer this course."""
        return [one for one in self.reports if one.points is not None and one.status not in NO_ANSWER]

    @property
    def missing_layers(self) -> list[MissingLayer]:
        """The layers that the sandbox of any submission lacked."""
        return distinct_layers(one.missing_layers for one in self.reports)

    @property
    def mean(self) -> str:
        """The mean points and the maximal points, as text; empty without any points."""
        if not self.with_points:
            return ""
        sums = [one.points or 0.0 for one in self.with_points]
        sums += [sum(result.points for result in results) for results in self.nameless]
        maximum = max(one.max_points or 0.0 for one in self.with_points)
        return f"{number(sum(sums) / len(sums))} of {number(maximum)}"

    @property
    def not_judged(self) -> list[tuple[str, list[str]]]:
        """The submissions with checks that could not be judged: name, and each check with the reason."""
        return [(one.submission, open_checks(one)[1:]) for one in self.reports if one.provisional]

    @property
    def no_answers(self) -> list[tuple[str, str, str]]:
        """The submissions in which nothing answers this course: name, status and message."""
        return [(one.submission, status_words(one), one.message) for one in no_answers(self.reports)]

    @property
    def remarks(self) -> list[Remark]:
        """The remarks on checks."""
        return remarks(self.reports)

    @property
    def misconceptions(self) -> list[tuple[ExerciseStatistics, str, str, list[str]]]:
        """Each misconception, the most frequent first: exercise, id, explanation, submissions."""
        found = [
            (one, misconception.id, misconception.explanation, list(names))
            for one in self.statistics
            for misconception, names in one.misconceptions
        ]
        return sorted(found, key=lambda row: -len(row[3]))


def feedback_link(report: Report) -> str:
    """Return the URL of a submission's feedback, relative to the class page."""
    return quote(f"{output_dir.REPORTS}/{report.submission}/{student.FILE}")


def share(part: float, whole: float) -> str:
    """Return a percentage for a style sheet: "62.5%"."""
    return f"{100 * part / (whole or 1):.1f}%"


@cache
def _template() -> Template:
    return pages().get_template(
        "class.html",
        globals={
            "feedback_link": feedback_link,
            "number": number,
            "points": points,
            "remark": remark,
            "share": share,
        },
    )
