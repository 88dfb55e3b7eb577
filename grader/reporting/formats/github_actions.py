"""GitHub Actions: annotations on the lines of submissions, points in the job's summary."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from grader.reporting import github
from grader.reporting.annotations import Failure
from grader.reporting.class_statistics import total_of
from grader.reporting.console import open_checks
from grader.reporting.formats.plain_text import message_of
from grader.reporting.github import Line
from grader.reporting.pages.student import failures, note, state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.records.verdict import ExerciseResult, Location
    from grader.reporting.formats import Results
    from grader.reporting.report import Report


def write(results: Results) -> None:
    """Print annotations, and add the result of each submission to the job's summary."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    for report in results.reports:
        found = list(_failures(report, results.paths[report.submission]))
        for failure in found[: github.MAX_ANNOTATIONS]:
            results.print_line(github.annotation(failure, root))
        problem = github.add_to_summary(summary(report, found))
        if problem:
            results.print_line(problem)


def summary(report: Report, found: list[Failure]) -> str:
    """Return the summary of one submission, in Markdown."""
    if report.points is None:
        return github.summary_page(f"{report.submission} was not graded", {}, report.message, [])
    grouped = groupby(report.exercises, lambda result: f"{result.section} {result.module}")
    sections = {}
    for title, members in grouped:
        results = list(members)
        sections[title, total_of(results)] = [_line(result) for result in results]
    next_step = report.message or ", ".join(open_checks(report)[:1])
    return github.summary_page(f"{total_of(report.exercises)} points", sections, next_step, found)


def _line(result: ExerciseResult) -> Line:
    return Line(state(result), result.name, total_of([result]), note(result))


def _failures(report: Report, path: Path) -> Iterator[Failure]:
    """Yield the first failure of each exercise, with the file that it is in."""
    for result in report.exercises:
        wrong = [check for check in failures(result) if check.status != "not_judged"]
        if result.status in {"correct", "missing"} or not wrong:
            continue
        file, line = _place(result.location, path)
        about = f"{result.misconception.explanation}\n\n" if result.misconception else ""
        yield Failure(result.name, wrong[0].name, file, about + message_of(wrong[0]), line)


def _place(location: Location | None, path: Path) -> tuple[Path, int]:
    """Return file and line of a definition; of a notebook only the file, since its lines are JSON's."""
    if location is None:
        return path, 1
    file = path / location.path if path.is_dir() else path
    return file, location.line if location.cell is None else 1
