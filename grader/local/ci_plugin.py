"""Report the failures of `pytest assignments` to GitHub Actions or GitLab CI, in a job of theirs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.local.check_record import from_report
from grader.local.terminal_summary import next_row, note, points_text
from grader.reporting import github, gitlab
from grader.reporting.annotations import Failure
from grader.reporting.github import Line
from grader.submissions import SourceFile, Unreadable, limits
from grader.submissions.collecting import read_file
from grader.submissions.decoding import cells_of
from grader.submissions.positions import definitions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest
    from _pytest.terminal import TerminalReporter

    from grader.local.terminal_summary import Overview, Row


def is_active() -> bool:
    """Return whether this process runs in a supported CI system."""
    return github.is_active() or gitlab.is_active()


class Reporter:
    """Collects failures while pytest runs, and reports them at the end."""

    def __init__(self, overview: Overview, root: Path) -> None:
        self.overview = overview
        self.root = root
        self.failures: dict[str, Failure] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first failure of each cause."""
        record = from_report(report)
        if record is None or not report.failed or record.status in {"todo", "blocked"}:
            return
        cause = record.cause or report.nodeid
        file = Path(record.file)
        line = definition_line(file, record.exercise)
        failure = Failure(record.exercise, record.check, file, _text(report.longrepr), line)
        self.failures.setdefault(cause, failure)

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Report to the CI system that this runs in."""
        failures = list(self.failures.values())
        if github.is_active():
            for line in _report_to_github(self.overview.sorted_rows(), failures, self.root):
                terminalreporter.write_line(line)
        if gitlab.is_active():
            problem = gitlab.write(failures, gitlab.repository_root(self.root))
            if problem:
                terminalreporter.write_line(problem)


def _report_to_github(rows: Sequence[Row], failures: Sequence[Failure], default_root: Path) -> Iterator[str]:
    """Add to the job's summary, and yield the lines to print."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or default_root)
    for failure in failures[: github.MAX_ANNOTATIONS]:
        yield github.annotation(failure, root)
    problem = github.add_to_summary(summary(rows, failures)) if rows else ""
    if problem:
        yield problem


def summary(rows: Sequence[Row], failures: Sequence[Failure]) -> str:
    """Return the summary of a run of `pytest assignments`, in Markdown."""
    solved = sum(row.is_solved for row in rows)
    next_one = next_row(rows)
    titles = dict.fromkeys(row.section for row in rows)
    sections = {title: [row for row in rows if row.section == title] for title in titles}
    next_step = ""
    if next_one is not None:
        verb = "fix" if next_one.state == "wrong" else "write"
        next_step = f"Next: {verb} {next_one.name}, in {next_one.file.name}"
    return github.summary_page(
        f"{points_text(rows)} points, {solved} of {len(rows)} exercises solved",
        {
            (title, points_text(members)): [
                Line(row.state, row.name, f"{row.points:g} of {row.max_points:g}", note(row))
                for row in members
            ]
            for title, members in sections.items()
        },
        next_step,
        failures,
    )


def definition_line(file: Path, exercise: str) -> int:
    """Return the line of the last definition of an exercise in the student's own file; else 1."""
    try:
        source = SourceFile(file.name, None, cells_of(file.name, read_file(file, limits.of_file(file.name))))
    except (OSError, Unreadable):
        return 1
    lines = [one.location.line for one in definitions(source) if one.name == exercise]
    return lines[-1] if lines and file.suffix == ".py" else 1


def _text(longrepr: Any) -> str:  # noqa: ANN401 - pytest has many types for it
    return longrepr if isinstance(longrepr, str) else str(longrepr or "")
