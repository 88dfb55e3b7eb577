"""GitHub Actions: points in the job's summary, annotations on the student's lines.

The formats are GitHub's: Markdown appended to the file that GITHUB_STEP_SUMMARY names, and workflow commands
(`::error file=...`) on standard output. `pytest assignments` writes them whenever it runs in a job
(`grader.local.ci_plugin`), `grader grade` with `--format github` (`grader.reporting.formats.github_actions`).
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.records.inert_text import inert
from grader.reporting.feedback import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.reporting.annotations import Failure
    from grader.reporting.feedback import State

MAX_ANNOTATIONS: Final = 10
"""GitHub shows at most this many errors of a step."""
MAX_SUMMARY: Final = 1_000_000
"""Bytes; GitHub doesn't show a summary that is larger than 1 MiB."""
DATA_ESCAPES: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY_ESCAPES: Final = {**DATA_ESCAPES, ":": "%3A", ",": "%2C"}
"""Characters to escape in the text and in the properties of a workflow command."""


class Line(NamedTuple):
    """One exercise in a summary."""

    state: State
    name: str
    points: str
    note: str


def is_active(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether this process runs in GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


@contextlib.contextmanager
def without_commands(
    print_line: Callable[[str], object], environment: Mapping[str, str] = os.environ
) -> Iterator[None]:
    """Make GitHub ignore workflow commands in the output of the block.

    Names and messages come from students, and GitHub looks for commands at the beginning of every line.
    """
    if not is_active(environment):
        yield
        return
    token = secrets.token_hex(16)
    print_line(f"::stop-commands::{token}")
    try:
        yield
    finally:
        print_line(f"::{token}::")


def add_to_summary(text: str) -> str:
    """Append to the job's summary, if there is one; return an error message, empty if it was written."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if file:
        try:
            with Path(file).open("a", encoding="utf-8") as out:
                out.write(text)
        except OSError as error:
            return f"The summary {file} can't be written: {error.strerror}."
    return ""


def annotation(failure: Failure, root: Path) -> str:
    """Return the workflow command that shows a failure at its line in the student's file."""
    properties = {"file": failure.path_from(root), "line": str(failure.line), "title": failure.title}
    listed = ",".join(f"{name}={_escaped(value, PROPERTY_ESCAPES)}" for name, value in properties.items())
    return f"::error {listed}::{_escaped(failure.message.strip(), DATA_ESCAPES)}"


def summary_page(
    title: str,
    sections: Mapping[tuple[str, str], Sequence[Line]],
    next_step: str,
    failures: Sequence[Failure],
) -> str:
    """Return a job's summary in Markdown: the points of each section, and the failures.

    Args:
        title: the heading.
        sections: the lines of the exercises, by the section's title and points.
        next_step: the text below the points.
        failures: shown below that; those that exceed the maximal length are left out.

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
    text = "\n".join([*lines, *(["", _cell(next_step)] if next_step else []), ""])
    for failure in failures:
        details = _details(failure)
        if len((text + details).encode()) > MAX_SUMMARY:
            break
        text += details
    return text


def _details(failure: Failure) -> str:
    longest = max((len(run) for run in re.findall(r"`+", failure.message)), default=0)
    fence = "`" * max(3, longest + 1)
    title = f"<details><summary>{failure.title}</summary>"
    return f"\n{title}\n\n{fence}text\n{failure.message.strip()}\n{fence}\n\n</details>\n"


def _cell(text: str) -> str:
    """Return a text as the content of a table cell, without markup."""
    return re.sub(r"([\\`*_{}\[\]<>|~#])", r"\\\1", " ".join(text.split()))


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in inert(text))
