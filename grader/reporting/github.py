"""GitHub Actions: points in the job's summary, remarks on the student's own lines.

Both are as GitHub documents them: Markdown appended to the file that GITHUB_STEP_SUMMARY names, and workflow
commands (`::error file=...`) on standard output. The student's own run of pytest reports so where it finds
itself in a job (`grader.local.ci_plugin`), the grader where it is asked to
(`grader.reporting.formats.actions`).
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from grader.reporting.feedback import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.reporting.annotations import Failure
    from grader.reporting.feedback import State

MAX_REMARKS: Final = 10
"""GitHub shows so many errors of a step, and drops the others."""
MAX_SUMMARY: Final = 1_000_000
"""Bytes; of a summary that is larger than 1 MiB GitHub shows nothing."""
DATA: Final = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY: Final = {**DATA, ":": "%3A", ",": "%2C"}
"""What a workflow command can't hold as it is, in its text and in its properties."""


class Line(NamedTuple):
    """What a summary says of one exercise."""

    state: State
    name: str
    points: str
    note: str


def is_here(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether this process runs in GitHub Actions."""
    return environment.get("GITHUB_ACTIONS") == "true"


@contextlib.contextmanager
def quietly(say: Callable[[str], object], environment: Mapping[str, str] = os.environ) -> Iterator[None]:
    """Let nothing that is shown meanwhile be taken for a workflow command.

    Names and messages come from students, and GitHub looks for commands at the beginning of every line.
    """
    if not is_here(environment):
        yield
        return
    token = secrets.token_hex(16)
    say(f"::stop-commands::{token}")
    try:
        yield
    finally:
        say(f"::{token}::")


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
    properties = {"file": failure.path_from(root), "line": str(failure.line), "title": failure.title}
    listed = ",".join(f"{name}={_escaped(value, PROPERTY)}" for name, value in properties.items())
    return f"::error {listed}::{_escaped(failure.said.strip(), DATA)}"


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
