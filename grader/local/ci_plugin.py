"""What `pytest assignments` reports in a job of GitHub Actions or GitLab CI."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.local.terminal_summary import next_of, note, points_of, told_by
from grader.reporting import github, gitlab
from grader.reporting.annotations import Failure
from grader.reporting.github import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest
    from _pytest.terminal import TerminalReporter

    from grader.local.terminal_summary import Overview, Row


def is_here() -> bool:
    """Return whether this process runs in a CI system that wants to be told."""
    return github.is_here() or gitlab.is_here()


class Reporter:
    """Gathers failures while pytest runs, and reports them at the end."""

    def __init__(self, overview: Overview, root: Path) -> None:
        self.overview = overview
        self.root = root
        self.failures: dict[str, Failure] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the first failure of each cause."""
        told = told_by(report)
        if told is None or not report.failed or told["status"] in {"todo", "blocked"}:
            return
        cause = told["cause"] or report.nodeid
        failure = Failure(told["exercise"], told["check"], Path(told["file"]), _text(report.longrepr))
        self.failures.setdefault(cause, failure)

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Tell the system that this runs in."""
        failures = list(self.failures.values())
        if github.is_here():
            for line in _for_github(self.overview.sorted_rows(), failures, self.root):
                terminalreporter.write_line(line)
        if gitlab.is_here():
            problem = gitlab.write(failures, gitlab.root_of(self.root))
            if problem:
                terminalreporter.write_line(problem)


def _for_github(rows: Sequence[Row], failures: Sequence[Failure], usual_root: Path) -> Iterator[str]:
    """Add to the summary of the job, and yield the lines that are to be shown."""
    root = Path(os.environ.get("GITHUB_WORKSPACE") or usual_root)
    for failure in failures[: github.MAX_REMARKS]:
        yield github.remark(failure, root)
    problem = github.add_to_summary(summary(rows, failures)) if rows else ""
    if problem:
        yield problem


def summary(rows: Sequence[Row], failures: Sequence[Failure]) -> str:
    """Return the summary of a run at the student's desk, for GitHub."""
    solved = sum(row.is_solved for row in rows)
    following = next_of(rows)
    titles = dict.fromkeys(row.section for row in rows)
    sections = {title: [row for row in rows if row.section == title] for title in titles}
    after = ""
    if following is not None:
        verb = "mend" if following.state == "wrong" else "write"
        after = f"Next: {verb} {following.name}, in {following.file.name}"
    return github.page(
        f"{points_of(rows)} points, {solved} of {len(rows)} exercises solved",
        {
            (title, points_of(members)): [
                Line(row.state, row.name, f"{row.points:g} of {row.most:g}", note(row)) for row in members
            ]
            for title, members in sections.items()
        },
        after,
        failures,
    )


def _text(said: Any) -> str:  # noqa: ANN401 - whatever pytest keeps of a failure
    return said if isinstance(said, str) else str(said or "")
