"""GitHub Actions: points in the job's summary, remarks on the student's own lines.

The student's own run of pytest reports so where it finds itself in a job, the grader where it is asked to.
Both are as GitHub documents them: Markdown appended to the file that GITHUB_STEP_SUMMARY names, and workflow
commands (`::error file=...`) on standard output.
"""

from __future__ import annotations

import ast
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from grader.feedback import MARKS
from grader.overview import next_of, note, points_of, told_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pytest
    from _pytest.terminal import TerminalReporter

    from grader.feedback import State
    from grader.overview import Overview, Row

MAX_REMARKS: Final = 10
"""GitHub shows so many errors of a step, and drops the others."""
MAX_SUMMARY: Final = 1_000_000
"""Bytes; of a summary that is larger than 1 MiB GitHub shows nothing."""
DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY: Final = {**DATA, ":": "%3A", ",": "%2C"}
"""What a workflow command can't hold as it is, in its text and in its properties."""


@dataclass(frozen=True)
class Failure:
    """A check that failed by itself, and what its student reads."""

    exercise: str
    check: str
    file: Path
    said: str

    @property
    def title(self) -> str:
        """The exercise and the check."""
        return f"{self.exercise}: {self.check}"


class Line(NamedTuple):
    """What a summary says of one exercise."""

    state: State
    name: str
    points: str
    note: str


def is_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether this process runs in GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


class Reporter:
    """Gathers failures while pytest runs, and reports them at the end."""

    def __init__(self, overview: Overview, root: Path) -> None:
        self.overview = overview
        self.root = Path(os.environ.get("GITHUB_WORKSPACE") or root)
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
        """Write remarks, and the summary."""
        failures = list(self.failures.values())
        rows = self.overview.sorted_rows()
        for failure in failures[:MAX_REMARKS]:
            terminalreporter.write_line(remark(failure, self.root))
        problem = add_to_summary(summary(rows, failures)) if rows else ""
        if problem:
            terminalreporter.write_line(problem)


def add_to_summary(text: str) -> str:
    """Add to the job's summary, if there is one; return what to say where it can't be written."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        try:
            with Path(file).open("a", encoding="utf-8") as out:
                out.write(text)
        except OSError as error:
            return f"The summary {file} can't be written: {error.strerror}."
    return ""


def remark(failure: Failure, root: Path) -> str:
    """Return the workflow command that shows a failure at the line of the student's that it is about."""
    file = os.path.relpath(failure.file, root).replace(os.sep, "/")
    properties = {"file": file, "line": str(line_of(failure)), "title": failure.title}
    listed = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::error {listed}::{_escaped(failure.said.strip(), DATA)}"


def line_of(failure: Failure) -> int:
    """Return the line that an exception came through last; else that of the definition; else the first."""
    lines = re.findall(rf"^{re.escape(failure.file.name)}, line (\d+)", failure.said, re.MULTILINE)
    if lines:
        return int(lines[-1])
    try:
        statements = ast.parse(failure.file.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return 1
    found = [
        one.lineno
        for one in statements
        if isinstance(one, ast.FunctionDef | ast.ClassDef) and one.name == failure.exercise
    ]
    return found[-1] if found else 1


def summary(rows: Sequence[Row], failures: Sequence[Failure]) -> str:
    """Return the summary of a run at the student's desk."""
    solved = sum(row.is_solved for row in rows)
    following = next_of(rows)
    titles = dict.fromkeys(row.section for row in rows)
    sections = {title: [row for row in rows if row.section == title] for title in titles}
    after = ""
    if following is not None:
        verb = "mend" if following.state == "wrong" else "write"
        after = f"Next: {verb} {following.name}, in {following.file.name}"
    return page(
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


def page(
    title: str,
    sections: Mapping[tuple[str, str], Sequence[Line]],
    after: str,
    failures: Sequence[Failure],
) -> str:
    """Return a job's summary in Markdown: points of each section, and what is wrong.

    Args:
        title: of the page.
        sections: the lines on the exercises, by the section's title and points.
        after: what is said below the points.
        failures: what is explained below that, as far as there is room.

    """
    lines = [f"## {_cell(title)}", "", "| | Points | |", "|---|---:|---|"]
    for (section, points), members in sections.items():
        lines.append(f"| **{_cell(section)}** | **{points}** | |")
        if {line.state for line in members} == {"to do"}:
            names = ", ".join(line.name for line in members)
            lines.append(f"| {MARKS['to do'][0]} {_cell(names)} | | to do |")
            continue
        lines += [
            f"| {MARKS[line.state][0]} {_cell(line.name)} | {line.points} | {_cell(line.note)} |"
            for line in members
        ]
    text = "\n".join([*lines, *(["", _cell(after)] if after else []), ""])
    for failure in failures:
        told = _details(failure)
        if len((text + told).encode()) > MAX_SUMMARY:
            break
        text += told
    return text


def _details(failure: Failure) -> str:
    longest = max((len(run) for run in re.findall(r"`+", failure.said)), default=0)
    fence = "`" * max(3, longest + 1)
    title = f"<details><summary>{failure.title}</summary>"
    return f"\n{title}\n\n{fence}text\n{failure.said.strip()}\n{fence}\n\n</details>\n"


def _cell(text: str) -> str:
    """Return a text that stays within its cell, and is no markup."""
    return re.sub(r"([\\`*_{}\[\]<>|~#])", r"\\\1", " ".join(text.split()))


def _escaped(text: str, marks: Mapping[str, str]) -> str:
    return "".join(marks.get(character, character) for character in text)


def _text(said: Any) -> str:  # noqa: ANN401 - whatever pytest keeps of a failure
    return said if isinstance(said, str) else str(said or "")
