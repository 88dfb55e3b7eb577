"""The page about a student for an appeal: the ledger, the mark, and for each failure all that it rests on.

It is one file that loads nothing. It never shows the seed: who has the output folder can grade again with the
command on the page.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from grader.course.declarations import checks_in
from grader.gradebook.history import derivation, lines
from grader.records.inert_text import inert
from grader.reporting.pages.student import failures, pieces_of
from grader.reporting.rendering import pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.gradebook.events import Event
    from grader.gradebook.marks import Mark, Rules
    from grader.records.verdict import ExerciseResult, Location, Verdict
    from grader.reporting.pages.pieces import MarkedText
    from grader.reporting.report import Report

MAX_SOURCE: Final = 1_000_000
"""Bytes of a file of which code is shown."""
MAX_LINES: Final = 80


@dataclass(frozen=True)
class Disputed:
    """An exercise that did not get all points.

    Args:
        result: what was found.
        code: the code, as it was handed in; "" if it can't be shown.
        tolerance: how the checks file derives the tolerance; "" if it says nothing.
    """

    result: ExerciseResult
    code: str
    tolerance: str

    @property
    def failures(self) -> list[tuple[Verdict, list[MarkedText]]]:
        """The checks that failed, with the failing input and both values."""
        return [(check, pieces_of(check)) for check in failures(self.result)]


def page(
    student: str, events: Sequence[Event], mark: Mark, rules: Rules, report: Report | None, *,
    course: Path | None, handed_in: Path | None, command: str,
) -> str:  # fmt: skip
    """Return the page, as HTML.

    Args:
        student: the name of the student's row and folder.
        events: all events about the student.
        mark: the mark.
        rules: the policy and deadlines that it follows from.
        report: the report that counts.
        course: the folder of the course.
        handed_in: what was handed in, if it is still there.
        command: what grades it again.

    """
    wrong = [one for one in report.exercises if one.status != "correct"] if report is not None else []
    disputed = [
        Disputed(
            one,
            code_of(handed_in, one.location) if handed_in is not None else "",
            tolerance_of(course, one) if course is not None else "",
        )
        for one in wrong
    ]
    return pages().get_template("history.html").render(
        student=student, lines=lines(events), derivation=derivation(mark, rules), report=report,
        disputed=disputed, command=command,
    )  # fmt: skip


def code_of(handed_in: Path, location: Location | None) -> str:
    """Return the code of an answer, to the end of its definition; "" if it can't be read."""
    if location is None:
        return ""
    root = handed_in if handed_in.is_dir() else handed_in.parent
    path = handed_in if handed_in.is_file() and handed_in.name == location.path else root / location.path
    try:
        is_inside = path.resolve().is_relative_to(root.resolve())
        if path.is_symlink() or not is_inside or path.stat().st_size > MAX_SOURCE:
            return ""
        text = path.read_text(encoding="utf-8", errors="replace")
        if location.cell is not None:
            source = json.loads(text)["cells"][location.cell - 1]["source"]
            text = source if isinstance(source, str) else "".join(source)
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ""
    return inert("\n".join(_definition(text.splitlines()[location.line - 1 :])))


def tolerance_of(course: Path, result: ExerciseResult) -> str:
    """Return the lines by which a checks file derives an exercise's tolerances, with their comments."""
    path = next((path for path, module in checks_in(course).items() if module == result.module), None)
    if path is None:
        return ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        tree = ast.parse(text)
    except (OSError, ValueError, SyntaxError):
        return ""
    source = text.splitlines()
    constants = {
        target.id: node
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    node = constants.get(result.name)
    if node is None or not isinstance(node.value, ast.Call):
        return ""
    shown: list[str] = []
    for keyword in node.value.keywords:
        if keyword.arg is None or "tolerance" not in keyword.arg:
            continue
        used = {one.id for one in ast.walk(keyword.value) if isinstance(one, ast.Name)} & constants.keys()
        for name in sorted(used):
            shown += _with_comment(source, constants[name])
        shown += [line.strip() for line in source[keyword.lineno - 1 : keyword.end_lineno]]
    return "\n".join(shown)


def _definition(rest: Sequence[str]) -> list[str]:
    """Return the lines of the definition that begins with the first one."""
    if not rest:
        return []
    indent = len(rest[0]) - len(rest[0].lstrip())
    shown = [rest[0]]
    for line in rest[1:MAX_LINES]:
        begins = bool(line.strip()) and len(line) - len(line.lstrip()) <= indent
        if (begins and not line.lstrip().startswith((")", "]", "}", "def ", "class "))) or (
            begins and line.lstrip().startswith(("def ", "class ")) and not shown[-1].lstrip().startswith("@")
        ):
            break
        shown.append(line)
    return shown


def _with_comment(source: Sequence[str], node: ast.stmt) -> list[str]:
    """Return the lines of a statement, and the comment above it."""
    first = node.lineno - 1
    while first and source[first - 1].startswith("#"):
        first -= 1
    return list(source[first : node.end_lineno])
